package app

import (
	clienthelpers "cosmossdk.io/client/v2/helpers"

	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/version"
)

const (
	// Name is the name of the application and the prefix of its bech32 addresses.
	Name = "dmcn"
	// Version is the version of the application.
	Version = "0.1.0"
	// Denom is the smallest unit of the coin; 1 DMC = 10^6 udmc.
	Denom = "udmc"
	// DisplayDenom is the unit that people read.
	DisplayDenom = "dmc"
	// MinGasPrice is the least price that a node with the default configuration accepts.
	MinGasPrice = "0.001" + Denom
)

// DefaultNodeHome is the directory of a node's configuration and data where none is given.
var DefaultNodeHome string

func init() {
	home, err := clienthelpers.GetNodeHomeDirectory(".dmcnd")
	if err != nil {
		panic(err)
	}
	DefaultNodeHome = home

	version.Name, version.AppName, version.Version = Name, "dmcnd", Version
	sdk.DefaultBondDenom = Denom
	config := sdk.GetConfig()
	config.SetBech32PrefixForAccount(Name, Name+sdk.PrefixPublic)
	config.SetBech32PrefixForValidator(
		Name+sdk.PrefixValidator+sdk.PrefixOperator,
		Name+sdk.PrefixValidator+sdk.PrefixOperator+sdk.PrefixPublic,
	)
	config.SetBech32PrefixForConsensusNode(
		Name+sdk.PrefixValidator+sdk.PrefixConsensus,
		Name+sdk.PrefixValidator+sdk.PrefixConsensus+sdk.PrefixPublic,
	)
	config.Seal()
}
