// Package keeper stores the beacon's seeds and the validators' keys.
package keeper

import (
	"cosmossdk.io/collections"
	"cosmossdk.io/core/store"

	"github.com/cosmos/cosmos-sdk/codec"

	"github.com/dmcn/dmcn/chain/x/beacon/types"
)

// Keeper holds the beacon's state.
type Keeper struct {
	authority string
	staking   types.StakingKeeper

	schema collections.Schema
	params collections.Item[types.Params]
	// keys maps an operator and the height from which a key counts to the key.
	keys collections.Map[collections.Pair[[]byte, int64], types.ValidatorKey]
	// latest is the newest seed, past holds the ones before it.
	latest collections.Item[types.Seed]
	past   collections.Map[int64, types.Seed]
}

// NewKeeper returns a keeper over a store. Only authority may change the parameters.
func NewKeeper(
	cdc codec.BinaryCodec, storeService store.KVStoreService, staking types.StakingKeeper, authority string,
) Keeper {
	sb := collections.NewSchemaBuilder(storeService)
	keeper := Keeper{
		authority: authority,
		staking:   staking,
		params:    collections.NewItem(sb, types.ParamsPrefix, "params", codec.CollValue[types.Params](cdc)),
		keys: collections.NewMap(
			sb, types.KeysPrefix, "keys",
			collections.PairKeyCodec(collections.BytesKey, collections.Int64Key),
			codec.CollValue[types.ValidatorKey](cdc),
		),
		latest: collections.NewItem(sb, types.LatestPrefix, "latest", codec.CollValue[types.Seed](cdc)),
		past: collections.NewMap(
			sb, types.PastPrefix, "past", collections.Int64Key, codec.CollValue[types.Seed](cdc),
		),
	}
	schema, err := sb.Build()
	if err != nil {
		panic(err)
	}
	keeper.schema = schema
	return keeper
}
