package cmd

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/client/flags"
	"github.com/cosmos/cosmos-sdk/client/tx"
	"github.com/cosmos/cosmos-sdk/server"
	sdk "github.com/cosmos/cosmos-sdk/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	"github.com/cosmos/cosmos-sdk/x/genutil"
	genutiltypes "github.com/cosmos/cosmos-sdk/x/genutil/types"
	stakingcli "github.com/cosmos/cosmos-sdk/x/staking/client/cli"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/dmcn/dmcn/chain/app"
	"github.com/dmcn/dmcn/chain/cmd/dmcnd/gentx"
	"github.com/dmcn/dmcn/chain/x/beacon/vrf"
)

// gentxCmd replaces the SDK's command of the same name, whose transactions have no VRF key.
func gentxCmd(template *app.App) *cobra.Command {
	ip, _ := server.ExternalIP()
	validatorFlags, _ := stakingcli.CreateValidatorMsgFlagSet(ip)
	cmd := &cobra.Command{
		Use:     "gentx [key_name] [amount]",
		Short:   "Write the genesis transaction that makes this node a validator and registers its VRF key",
		Example: "dmcnd genesis gentx validator 1000000000udmc --keyring-backend test --chain-id dmcn-1",
		Args:    cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return writeGentx(cmd, template, args[0], args[1])
		},
	}
	cmd.Flags().String(flags.FlagOutputDocument, "", "File to write the transaction to instead of the default one")
	cmd.Flags().AddFlagSet(validatorFlags)
	flags.AddTxFlagsToCmd(cmd)
	return cmd
}

func writeGentx(cmd *cobra.Command, template *app.App, keyName, amount string) error {
	clientCtx, err := client.GetClientTxContext(cmd)
	if err != nil {
		return err
	}
	cfg := server.GetServerContextFromCmd(cmd).Config
	cfg.SetRoot(clientCtx.HomeDir)
	state, genesis, err := genutiltypes.GenesisStateFromGenFile(cfg.GenesisFile())
	if err != nil {
		return err
	}
	if err := template.BasicManager.ValidateGenesis(clientCtx.Codec, clientCtx.TxConfig, state); err != nil {
		return fmt.Errorf("the genesis is not valid: %w", err)
	}

	record, err := clientCtx.Keyring.Key(keyName)
	if err != nil {
		return fmt.Errorf("key %q: %w", keyName, err)
	}
	address, err := record.GetAddress()
	if err != nil {
		return err
	}
	coins, err := sdk.ParseCoinsNormalized(amount)
	if err != nil {
		return err
	}
	balances := banktypes.GenesisBalancesIterator{}
	if err := genutil.ValidateAccountInGenesis(state, balances, address, coins, clientCtx.Codec); err != nil {
		return err
	}

	nodeID, publicKey, err := genutil.InitializeNodeValidatorFiles(cfg)
	if err != nil {
		return err
	}
	moniker, _ := cmd.Flags().GetString(stakingcli.FlagMoniker)
	if moniker == "" {
		moniker = cfg.Moniker
	}
	options, err := stakingcli.PrepareConfigForTxCreateValidator(cmd.Flags(), moniker, nodeID, genesis.ChainID, publicKey)
	if err != nil {
		return err
	}
	options.Amount = amount
	factory, err := tx.NewFactoryCLI(clientCtx, cmd.Flags())
	if err != nil {
		return err
	}
	factory, msg, err := stakingcli.BuildCreateValidatorMsg(
		clientCtx.WithFromAddress(address), options, factory, true, template.StakingKeeper.ValidatorAddressCodec(),
	)
	if err != nil {
		return err
	}
	create, ok := msg.(*stakingtypes.MsgCreateValidator)
	if !ok {
		return errors.New("the staking module built another message than MsgCreateValidator")
	}

	key, err := vrf.KeyFileIn(clientCtx.HomeDir).EnsureKey()
	if err != nil {
		return err
	}
	signed, err := gentx.Sign(cmd.Context(), factory.WithChainID(genesis.ChainID), keyName, create, key)
	if err != nil {
		return err
	}
	path, _ := cmd.Flags().GetString(flags.FlagOutputDocument)
	if path == "" {
		path = gentx.Path(clientCtx.HomeDir, nodeID)
	}
	if err := gentx.Write(path, clientCtx.TxConfig.TxJSONEncoder(), signed); err != nil {
		return err
	}
	cmd.PrintErrf("Genesis transaction written to %q\n", path)
	return nil
}
