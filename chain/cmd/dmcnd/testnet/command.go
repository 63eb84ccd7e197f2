// Package testnet writes the homes of a network whose validators run on one machine.
package testnet

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/client"

	"github.com/dmcn/dmcn/chain/app"
)

// Command returns `testnet` with its subcommands. They touch no home but those they write.
func Command(template *app.App) *cobra.Command {
	cmd := &cobra.Command{
		Use: "testnet", Short: "Prepare networks on one machine", RunE: client.ValidateCmd,
		PersistentPreRunE: func(*cobra.Command, []string) error { return nil },
	}
	cmd.AddCommand(initCmd(template))
	return cmd
}

func initCmd(template *app.App) *cobra.Command {
	var options Options
	cmd := &cobra.Command{
		Use:   "init",
		Short: "Write ready homes for N validators; each starts with `dmcnd start --home DIR/nodeI`",
		Long: "Write ready homes for N validators on the loopback address, with distinct ports, as each other's persistent peers.\n" +
			"An operator's key is `validator` in the test keyring of its home, its mnemonic is in validator.json.",
		Example: "dmcnd testnet init --validators 4 --output net --block-time 1s --accounts accounts.json --devnet-params",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := Write(cmd.Context(), template, options); err != nil {
				return err
			}
			_, err := fmt.Fprintf(cmd.OutOrStdout(), "wrote %d validators of %s to %s\n",
				options.Validators, options.ChainID, options.Output)
			return err
		},
	}
	options.addFlags(cmd.Flags())
	return cmd
}
