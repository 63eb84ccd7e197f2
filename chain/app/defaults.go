package app

import (
	"encoding/json"

	"cosmossdk.io/math"

	"github.com/cosmos/cosmos-sdk/codec"
	"github.com/cosmos/cosmos-sdk/x/bank"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	"github.com/cosmos/cosmos-sdk/x/mint"
	minttypes "github.com/cosmos/cosmos-sdk/x/mint/types"
	"github.com/cosmos/cosmos-sdk/x/slashing"
	slashingtypes "github.com/cosmos/cosmos-sdk/x/slashing/types"
	"github.com/cosmos/cosmos-sdk/x/staking"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
)

// The types below change the default genesis of standard modules where the SDK's does not suit blocks of 3 s.

type bankBasic struct{ bank.AppModuleBasic }

// DefaultGenesis describes the coin.
func (bankBasic) DefaultGenesis(cdc codec.JSONCodec) json.RawMessage {
	genesis := banktypes.DefaultGenesisState()
	genesis.DenomMetadata = []banktypes.Metadata{{
		Description: "The coin of the dmcn network", Name: "DMC", Symbol: "DMC", Base: Denom, Display: DisplayDenom,
		DenomUnits: []*banktypes.DenomUnit{{Denom: Denom}, {Denom: DisplayDenom, Exponent: 6}},
	}}
	return cdc.MustMarshalJSON(genesis)
}

type mintBasic struct{ mint.AppModuleBasic }

// DefaultGenesis counts the blocks of a year of 365.25 days.
func (mintBasic) DefaultGenesis(cdc codec.JSONCodec) json.RawMessage {
	genesis := minttypes.DefaultGenesisState()
	genesis.Params.BlocksPerYear = 365.25 * 24 * 60 * 60 / 3
	return cdc.MustMarshalJSON(genesis)
}

type slashingBasic struct{ slashing.AppModuleBasic }

// DefaultGenesis jails a validator that signed less than 5 % of 10,000 blocks: about eight hours of absence.
func (slashingBasic) DefaultGenesis(cdc codec.JSONCodec) json.RawMessage {
	genesis := slashingtypes.DefaultGenesisState()
	genesis.Params.SignedBlocksWindow = 10_000
	genesis.Params.MinSignedPerWindow = math.LegacyNewDecWithPrec(5, 2)
	return cdc.MustMarshalJSON(genesis)
}

type stakingBasic struct{ staking.AppModuleBasic }

// DefaultGenesis keeps no record of past validator sets: only IBC reads them, and ten thousand of a hundred validators
// would be the largest part of the state.
func (stakingBasic) DefaultGenesis(cdc codec.JSONCodec) json.RawMessage {
	genesis := stakingtypes.DefaultGenesisState()
	genesis.Params.HistoricalEntries = 0
	return cdc.MustMarshalJSON(genesis)
}
