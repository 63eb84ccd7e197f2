package keeper_test

import (
	"context"
	"testing"

	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	"github.com/stretchr/testify/require"

	"github.com/cosmos/cosmos-sdk/runtime"
	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	"github.com/cosmos/cosmos-sdk/testutil"
	sdk "github.com/cosmos/cosmos-sdk/types"
	moduletestutil "github.com/cosmos/cosmos-sdk/types/module/testutil"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/dmcn/dmcn/chain/x/beacon"
	"github.com/dmcn/dmcn/chain/x/beacon/keeper"
	"github.com/dmcn/dmcn/chain/x/beacon/types"
	"github.com/dmcn/dmcn/chain/x/beacon/vrf"
)

const authority = "governance"

// validators is a staking keeper whose validators propose with their operators' bytes as consensus addresses.
type validators map[string]stakingtypes.Validator

func (v validators) ValidatorByConsAddr(
	ctx context.Context, addr sdk.ConsAddress,
) (stakingtypes.ValidatorI, error) {
	return v.GetValidator(ctx, sdk.ValAddress(addr))
}

func (v validators) GetValidator(_ context.Context, addr sdk.ValAddress) (stakingtypes.Validator, error) {
	validator, ok := v[addr.String()]
	if !ok {
		return stakingtypes.Validator{}, stakingtypes.ErrNoValidatorFound
	}
	return validator, nil
}

func (v validators) GetBondedValidatorsByPower(context.Context) ([]stakingtypes.Validator, error) {
	var bonded []stakingtypes.Validator
	for _, validator := range v {
		bonded = append(bonded, validator)
	}
	return bonded, nil
}

// fixture is a beacon at a height, whose blocks alice proposes.
type fixture struct {
	t      *testing.T
	keeper keeper.Keeper
	ctx    sdk.Context
	alice  sdk.ValAddress
	key    vrf.Key
}

func newFixture(t *testing.T) *fixture {
	t.Helper()
	alice := sdk.ValAddress("alice_______________")
	staking := validators{alice.String(): {OperatorAddress: alice.String()}}
	key := storetypes.NewKVStoreKey(types.StoreKey)
	encoding := moduletestutil.MakeTestEncodingConfig(beacon.AppModule{})
	f := &fixture{
		t: t, alice: alice,
		keeper: keeper.NewKeeper(encoding.Codec, runtime.NewKVStoreService(key), staking, authority),
		ctx:    testutil.DefaultContext(key, storetypes.NewTransientStoreKey("transient")),
	}
	f.key = f.newKey()
	require.NoError(t, f.keeper.InitGenesis(f.at(0), *types.DefaultGenesis()))
	return f
}

func (f *fixture) newKey() vrf.Key {
	f.t.Helper()
	key, err := vrf.GenerateKey()
	require.NoError(f.t, err)
	return key
}

// at is the context of the block at a height.
func (f *fixture) at(height int64) sdk.Context {
	return f.ctx.WithBlockHeader(cmtproto.Header{Height: height, ProposerAddress: f.alice}).
		WithEventManager(sdk.NewEventManager())
}

// register registers a key for alice, and returns the height from which it counts.
func (f *fixture) register(height int64, key vrf.Key) int64 {
	f.t.Helper()
	resp, err := keeper.NewMsgServer(f.keeper).RegisterKey(f.at(height), types.NewMsgRegisterKey(f.alice, key))
	require.NoError(f.t, err)
	return resp.ActiveHeight
}

// proof is the proof that alice owes at a height, as a transaction, made with a key.
func (f *fixture) proof(height int64, key vrf.Key) []byte {
	f.t.Helper()
	seed, _, err := f.keeper.SeedAt(f.at(height))
	require.NoError(f.t, err)
	raw, err := types.Proof{Height: height, Proof: key.Prove(types.Alpha(seed, height))}.EncodeTx()
	require.NoError(f.t, err)
	return raw
}

// record decides the block at a height and returns its seed.
func (f *fixture) record(height int64, txs ...[]byte) types.Seed {
	f.t.Helper()
	require.NoError(f.t, f.keeper.Record(f.at(height), txs))
	seed, err := f.keeper.Seed(f.ctx, 0)
	require.NoError(f.t, err)
	require.Equal(f.t, height, seed.Height)
	return seed
}
