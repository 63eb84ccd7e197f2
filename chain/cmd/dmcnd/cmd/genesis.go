package cmd

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/server"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	genutilcli "github.com/cosmos/cosmos-sdk/x/genutil/client/cli"
	genutiltypes "github.com/cosmos/cosmos-sdk/x/genutil/types"

	"github.com/dmcn/dmcn/chain/app"
)

// genesisCmd groups the commands that prepare a genesis. `collect-gentxs` and `validate` refuse one that has a
// validator without a VRF key.
func genesisCmd(template *app.App) *cobra.Command {
	signing := template.TxConfig().SigningContext()
	cmd := &cobra.Command{Use: "genesis", Short: "Prepare the genesis of a chain", RunE: client.ValidateCmd}
	cmd.AddCommand(
		gentxCmd(template),
		genutilcli.CollectGenTxsCmd(
			banktypes.GenesisBalancesIterator{}, app.DefaultNodeHome, app.ValidateGenTx, signing.ValidatorAddressCodec(),
		),
		validateCmd(template),
		genutilcli.AddGenesisAccountCmd(app.DefaultNodeHome, signing.AddressCodec()),
		genutilcli.AddBulkGenesisAccountCmd(app.DefaultNodeHome, signing.AddressCodec()),
	)
	return cmd
}

// validateCmd adds the check of an exported chain's validators to the SDK's command.
func validateCmd(template *app.App) *cobra.Command {
	cmd := genutilcli.ValidateGenesisCmd(template.BasicManager)
	validate := cmd.RunE
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		file := server.GetServerContextFromCmd(cmd).Config.GenesisFile()
		if len(args) > 0 {
			file = args[0]
		}
		state, genesis, err := genutiltypes.GenesisStateFromGenFile(file)
		if err != nil {
			return err
		}
		if err := app.GenesisState(state).CheckKeys(template.AppCodec(), genesis.InitialHeight); err != nil {
			return fmt.Errorf("genesis file %s: %w", file, err)
		}
		return validate(cmd, args)
	}
	return cmd
}
