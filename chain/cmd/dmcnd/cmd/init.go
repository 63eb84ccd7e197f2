package cmd

import (
	"crypto/rand"
	"encoding/json"

	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/server"
	genutilcli "github.com/cosmos/cosmos-sdk/x/genutil/client/cli"
	genutiltypes "github.com/cosmos/cosmos-sdk/x/genutil/types"

	"github.com/dmcn/dmcn/chain/app"
	beacontypes "github.com/dmcn/dmcn/chain/x/beacon/types"
	"github.com/dmcn/dmcn/chain/x/beacon/vrf"
)

// initCmd makes a node's home: configuration, keys, among them the VRF key, and a genesis without accounts.
func initCmd(template *app.App) *cobra.Command {
	cmd := genutilcli.InitCmd(template.BasicManager, app.DefaultNodeHome)
	initialise := cmd.RunE
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := initialise(cmd, args); err != nil {
			return err
		}
		home := client.GetClientContextFromCmd(cmd).HomeDir
		if _, err := vrf.KeyFileIn(home).EnsureKey(); err != nil {
			return err
		}
		return completeGenesis(template, server.GetServerContextFromCmd(cmd).Config.GenesisFile())
	}
	return cmd
}

// completeGenesis sets what the modules' defaults cannot know: the consensus parameters and a random first seed.
func completeGenesis(template *app.App, file string) error {
	state, genesis, err := genutiltypes.GenesisStateFromGenFile(file)
	if err != nil {
		return err
	}
	seed := make([]byte, beacontypes.SeedSize)
	if _, err := rand.Read(seed); err != nil {
		return err
	}
	beacon := beacontypes.NewGenesis(beacontypes.DefaultParams(), seed, genesis.InitialHeight-1)
	if state[beacontypes.ModuleName], err = template.AppCodec().MarshalJSON(beacon); err != nil {
		return err
	}
	if genesis.AppState, err = json.MarshalIndent(state, "", " "); err != nil {
		return err
	}
	genesis.Consensus.Params.Block = app.BlockParams()
	return genesis.SaveAs(file)
}
