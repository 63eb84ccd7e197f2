package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/x/beacon/keeper"
	"github.com/dmcn/dmcn/chain/x/beacon/types"
)

func TestRecordLiveSeeds(t *testing.T) {
	f := newFixture(t)
	f.register(0, f.key)
	first := f.record(1, f.proof(1, f.key), []byte("a transaction"))
	require.True(t, first.Live)
	require.Equal(t, f.alice.String(), first.Proposer)
	second := f.record(2, f.proof(2, f.key))
	require.Equal(t, uint64(2), second.LiveCount)
	require.NotEqual(t, first.Value, second.Value)

	value, live, err := f.keeper.SeedAt(f.ctx)
	require.NoError(t, err)
	require.True(t, live)
	require.Equal(t, second.Value, value)
	count, err := f.keeper.LiveCount(f.ctx)
	require.NoError(t, err)
	require.Equal(t, uint64(2), count)
	random, err := f.keeper.Randomness(f.ctx, "dmcn/coin/1", []byte{1})
	require.NoError(t, err)
	require.Equal(t, types.Randomness(second.Value, "dmcn/coin/1", []byte{1}), random)
}

func TestRecordEmitsTheSeed(t *testing.T) {
	f := newFixture(t)
	ctx := f.at(1)
	require.NoError(t, f.keeper.Record(ctx, nil))
	event, err := sdk.ParseTypedEvent(ctx.EventManager().Events().ToABCIEvents()[0])
	require.NoError(t, err)
	seed, err := f.keeper.Seed(ctx, 1)
	require.NoError(t, err)
	require.Equal(t, &types.EventSeed{Seed: seed}, event)
}

func TestFallbackWithoutAKey(t *testing.T) {
	f := newFixture(t)
	genesis, err := f.keeper.Seed(f.ctx, 0)
	require.NoError(t, err)
	seed := f.record(1)
	require.Equal(t, genesis.Fallback(f.alice.String()), seed)
	require.False(t, seed.Live)
	require.Zero(t, seed.LiveCount)

	f.alice = sdk.ValAddress("nobody______________")
	require.Equal(t, seed.Fallback(""), f.record(2), "an unknown proposer")
	f.alice = nil
	require.False(t, f.record(3).Live, "no proposer")
}

func TestJudge(t *testing.T) {
	f := newFixture(t)
	f.register(0, f.key)
	right, wrong := f.proof(1, f.key), f.proof(1, f.newKey())
	late := f.proof(2, f.key)
	tx := []byte("a transaction")
	for name, c := range map[string]struct {
		txs [][]byte
		err error
	}{
		"right":                 {[][]byte{right, tx, tx}, nil},
		"right alone":           {[][]byte{right}, nil},
		"empty block":           {nil, types.ErrProofMissing},
		"missing":               {[][]byte{tx}, types.ErrProofMissing},
		"elsewhere":             {[][]byte{tx, right}, types.ErrProofMissing},
		"doubled":               {[][]byte{right, right}, types.ErrProofMisplaced},
		"a wrong one behind":    {[][]byte{right, tx, wrong}, types.ErrProofMisplaced},
		"wrong":                 {[][]byte{wrong, tx}, types.ErrProofWrong},
		"for another height":    {[][]byte{late}, types.ErrProofWrong},
		"not canonically coded": {[][]byte{append(append([]byte{}, right...), 0x18, 1)}, types.ErrInvalidProofBytes},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := f.keeper.Judge(f.at(1), c.txs)
			require.ErrorIs(t, err, c.err)
		})
	}
}

func TestJudgeRefusesAProofThatNobodyOwes(t *testing.T) {
	f := newFixture(t)
	_, err := f.keeper.Judge(f.at(1), [][]byte{f.proof(1, f.key)})
	require.ErrorIs(t, err, types.ErrProofMisplaced)
	_, err = f.keeper.Judge(f.at(1), [][]byte{[]byte("a transaction")})
	require.NoError(t, err)
}

func TestADecidedBlockWithAWrongProofDoesNotHaltTheChain(t *testing.T) {
	f := newFixture(t)
	f.register(0, f.key)
	require.False(t, f.record(1, f.proof(1, f.newKey())).Live)
	require.False(t, f.record(2).Live)
	seed := f.record(3, f.proof(3, f.key))
	require.True(t, seed.Live)
	require.Equal(t, uint64(1), seed.LiveCount)
}

func TestHistoryIsBounded(t *testing.T) {
	f := newFixture(t)
	setHistory := func(history int64) {
		_, err := keeper.NewMsgServer(f.keeper).UpdateParams(f.ctx, &types.MsgUpdateParams{
			Authority: authority, Params: types.Params{KeyDelay: 1, History: history},
		})
		require.NoError(t, err)
	}
	kept := func() int {
		genesis, err := f.keeper.ExportGenesis(f.ctx)
		require.NoError(t, err)
		return len(genesis.Seeds)
	}
	setHistory(50)
	for h := int64(1); h <= 80; h++ {
		f.record(h)
	}
	require.Equal(t, 50, kept())
	_, err := f.keeper.Seed(f.ctx, 31)
	require.NoError(t, err)
	_, err = f.keeper.Seed(f.ctx, 30)
	require.ErrorIs(t, err, types.ErrSeedNotFound)

	setHistory(1)
	f.record(81)
	require.Equal(t, 35, kept(), "one block forgets a bounded number")
	for h := int64(82); h <= 90; h++ {
		f.record(h)
	}
	require.Equal(t, 1, kept())
}
