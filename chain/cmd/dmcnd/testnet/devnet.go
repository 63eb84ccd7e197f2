package testnet

import (
	"errors"
	"time"

	"github.com/cosmos/cosmos-sdk/codec"
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types"
	govv1 "github.com/cosmos/cosmos-sdk/x/gov/types/v1"
	minttypes "github.com/cosmos/cosmos-sdk/x/mint/types"
	slashingtypes "github.com/cosmos/cosmos-sdk/x/slashing/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/dmcn/dmcn/chain/app"
	audittypes "github.com/dmcn/dmcn/chain/x/audit/types"
	beacontypes "github.com/dmcn/dmcn/chain/x/beacon/types"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

const (
	year = 365*24*time.Hour + 6*time.Hour
	// minCoinHeights is the devnet's number of coin heights; with more validators there are as many heights.
	minCoinHeights = 4
)

// useDevnetParams sets the bracketed numbers of the protocol and governance that decides within seconds.
func useDevnetParams(cdc codec.JSONCodec, state app.GenesisState, options Options) error {
	coinHeights := uint32(max(minCoinHeights, options.Validators))
	voting, expedited, jail := 20*time.Second, 10*time.Second, time.Minute
	return errors.Join(
		edit(cdc, state, govtypes.ModuleName, func(g *govv1.GenesisState) error {
			g.Params.VotingPeriod, g.Params.ExpeditedVotingPeriod, g.Params.MaxDepositPeriod = &voting, &expedited, &voting
			return nil
		}),
		edit(cdc, state, stakingtypes.ModuleName, func(g *stakingtypes.GenesisState) error {
			g.Params.UnbondingTime = 2 * time.Minute
			// the coin must be spread over at least as many heights as there are validators
			g.Params.MaxValidators = coinHeights
			return nil
		}),
		edit(cdc, state, slashingtypes.ModuleName, func(g *slashingtypes.GenesisState) error {
			g.Params.DowntimeJailDuration = jail
			return nil
		}),
		edit(cdc, state, minttypes.ModuleName, func(g *minttypes.GenesisState) error {
			g.Params.BlocksPerYear = uint64(year / options.BlockTime)
			return nil
		}),
		edit(cdc, state, beacontypes.ModuleName, func(g *beacontypes.GenesisState) error {
			g.Params = beacontypes.DevnetParams()
			return nil
		}),
		edit(cdc, state, workertypes.ModuleName, func(g *workertypes.GenesisState) error {
			g.Params = workertypes.DevnetParams()
			return nil
		}),
		edit(cdc, state, tasktypes.ModuleName, func(g *tasktypes.GenesisState) error {
			params := tasktypes.DevnetParams()
			params.CoinHeights = coinHeights
			var err error
			g.Params, err = params.WithCoins()
			return err
		}),
		edit(cdc, state, audittypes.ModuleName, func(g *audittypes.GenesisState) error {
			g.Params = audittypes.DevnetParams()
			return nil
		}),
	)
}
