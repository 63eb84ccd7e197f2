package cmd

import (
	"encoding/base64"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/client/flags"
	"github.com/cosmos/cosmos-sdk/client/tx"
	sdk "github.com/cosmos/cosmos-sdk/types"

	beacontypes "github.com/dmcn/dmcn/chain/x/beacon/types"
	"github.com/dmcn/dmcn/chain/x/beacon/vrf"
)

// beaconCmd groups what a validator's operator does with the VRF key of the node's home.
func beaconCmd() *cobra.Command {
	cmd := &cobra.Command{Use: "beacon", Short: "Manage the VRF key of this validator", RunE: client.ValidateCmd}
	cmd.AddCommand(
		&cobra.Command{
			Use: "init-key", Short: "Make the VRF key, unless there is one, and show its public key", Args: cobra.NoArgs,
			RunE: func(cmd *cobra.Command, _ []string) error { return printKey(cmd, vrf.KeyFile.EnsureKey) },
		},
		&cobra.Command{
			Use: "show-key", Short: "Show the public key of the newest VRF key", Args: cobra.NoArgs,
			RunE: func(cmd *cobra.Command, _ []string) error { return printKey(cmd, vrf.KeyFile.Newest) },
		},
		&cobra.Command{
			Use: "add-key", Short: "Make another VRF key beside the old ones, to be registered next", Args: cobra.NoArgs,
			RunE: func(cmd *cobra.Command, _ []string) error { return printKey(cmd, addKey) },
		},
		registerKeyCmd(),
	)
	return cmd
}

func registerKeyCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "register-key",
		Short: "Register the newest VRF key of this home on chain; the old one is used until it takes effect",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			clientCtx, err := client.GetClientTxContext(cmd)
			if err != nil {
				return err
			}
			key, err := vrf.KeyFileIn(clientCtx.HomeDir).Newest()
			if err != nil {
				return err
			}
			msg := beacontypes.NewMsgRegisterKey(sdk.ValAddress(clientCtx.GetFromAddress()), key)
			return tx.GenerateOrBroadcastTxCLI(clientCtx, cmd.Flags(), msg)
		},
	}
	flags.AddTxFlagsToCmd(cmd)
	return cmd
}

func addKey(file vrf.KeyFile) (vrf.Key, error) {
	key, err := vrf.GenerateKey()
	if err != nil {
		return vrf.Key{}, err
	}
	return key, file.Add(key)
}

func printKey(cmd *cobra.Command, get func(vrf.KeyFile) (vrf.Key, error)) error {
	key, err := get(vrf.KeyFileIn(client.GetClientContextFromCmd(cmd).HomeDir))
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(cmd.OutOrStdout(), base64.StdEncoding.EncodeToString(key.Public()))
	return err
}
