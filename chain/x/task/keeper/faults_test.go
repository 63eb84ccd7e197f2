package keeper_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/x/task/types"
	workerkeeper "github.com/dmcn/dmcn/chain/x/worker/keeper"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

const onPurpose = "broken on purpose"

// workers lets a test break any call of the real registry that changes something.
type workers struct {
	workerkeeper.Keeper
	// after is asked behind each such call; its error is the call's.
	after func(call string) error
	// ending tells that the end of a block is running.
	ending bool
}

func (w *workers) done(call string, err error) error {
	if err != nil || w.after == nil {
		return err
	}
	return w.after(call)
}

func (w *workers) Reserve(ctx context.Context, owner sdk.AccAddress, amount math.Int) error {
	return w.done("reserve", w.Keeper.Reserve(ctx, owner, amount))
}

func (w *workers) Release(ctx context.Context, owner sdk.AccAddress, amount math.Int) error {
	return w.done("release", w.Keeper.Release(ctx, owner, amount))
}

func (w *workers) EndLease(ctx context.Context, owner sdk.AccAddress) error {
	return w.done("end lease", w.Keeper.EndLease(ctx, owner))
}

func (w *workers) Unlock(ctx context.Context, owner sdk.AccAddress, amount math.Int) error {
	return w.done("unlock", w.Keeper.Unlock(ctx, owner, amount))
}

func (w *workers) Lapse(ctx context.Context, owner sdk.AccAddress, amount math.Int, ref workertypes.BatchRef) error {
	return w.done("lapse", w.Keeper.Lapse(ctx, owner, amount, ref))
}

func (w *workers) MissOffer(ctx context.Context, owner sdk.AccAddress, ref workertypes.BatchRef) error {
	return w.done("miss offer", w.Keeper.MissOffer(ctx, owner, ref))
}

func (w *workers) NotOpened(ctx context.Context, owner sdk.AccAddress, ref workertypes.BatchRef) error {
	return w.done("not opened", w.Keeper.NotOpened(ctx, owner, ref))
}

func (w *workers) Final(ctx context.Context, owner sdk.AccAddress, ref workertypes.BatchRef) error {
	return w.done("final", w.Keeper.Final(ctx, owner, ref))
}

// TestEveryCallMayFail breaks each call of the registry and each transfer of coins at the end of a block, one after the
// other, by an error or a panic. Each time one item is told and undone - the fixture checks the invariants - the others go
// on, and in the end everything is as if nothing had happened.
func TestEveryCallMayFail(t *testing.T) {
	calls := []string{}
	faulty(t, func(call string, _ int) error {
		calls = append(calls, call)
		return nil
	})
	for _, call := range []string{"reserve", "release", "end lease", "unlock", "lapse", "miss offer", "not opened", "final", "transfer"} {
		require.Contains(t, calls, call)
	}
	for n, call := range calls {
		t.Run(fmt.Sprintf("%d %s", n, call), func(t *testing.T) {
			hits := 0
			f := faulty(t, func(_ string, i int) error {
				if i != n {
					return nil
				}
				if hits++; n%2 == 0 {
					panic(onPurpose)
				}
				return errors.New(onPurpose)
			})
			failed := events[*types.EventItemFailed](f)
			require.Equal(t, 1, hits)
			require.Len(t, failed, 1)
			require.Contains(t, failed[0].Error, onPurpose)
			require.NotContains(t, []string{"deadlines", "draws"}, failed[0].Item, "more than one item is undone")
		})
	}
}

// faulty lets four jobs end in four ways: offers missed, a lease lapsed, a commitment never opened, and paid. A fault is
// asked for each call at the end of a block, with its number.
func faulty(t *testing.T, fault func(call string, n int) error) *fixture {
	t.Helper()
	f := newFixture(t)
	n := -1
	f.workers.after = func(call string) error {
		if !f.workers.ending {
			return nil
		}
		n++
		return fault(call, n)
	}
	f.bank.AppendSendRestriction(func(_ context.Context, _, to sdk.AccAddress, _ sdk.Coins) (sdk.AccAddress, error) {
		return to, f.workers.after("transfer")
	})
	f.worker("wendy", 500_000)
	alice := f.balance("alice")
	spec := f.spec(f.module(1_000))
	spec.Units = 4
	for range 4 {
		f.submit(spec)
	}
	f.runTo(f.ctx.BlockHeight() + 2)
	offered := func(id uint64) bool { return f.batch(id, 0).State == types.BATCH_STATE_OFFERED }
	for !offered(1) || !offered(2) || !offered(3) || !offered(4) {
		f.endBlock()
	}
	f.accept(f.batch(2, 0))
	f.commit(f.batch(3, 0))
	paid := f.batch(4, 0)
	f.commit(paid)
	for f.batch(4, 0).State != types.BATCH_STATE_OPENING {
		f.endBlock()
	}
	f.open(paid)
	f.runTo(f.ctx.BlockHeight() + lifetime)
	f.leap(1_000)
	paidFor := math.ZeroInt()
	for id := uint64(1); id <= 4; id++ {
		job := f.job(id)
		require.True(t, job.Closed(), "job %d is %s", id, job.State)
		paidFor = paidFor.Add(job.Paid).Add(job.Royalties).Add(job.Fees)
	}
	require.Equal(t, types.JOB_STATE_SETTLED, f.job(4).State)
	require.Equal(t, alice-paidFor.Int64(), f.balance("alice"))
	require.Zero(t, f.held(types.EscrowAccount))
	w := f.registered("wendy")
	require.True(t, w.Load == 0 && w.Locked.IsZero() && w.Reserved.IsZero(), "%+v", w)
	return f
}
