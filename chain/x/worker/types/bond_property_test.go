package types_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"cosmossdk.io/math"

	"github.com/dmcn/dmcn/chain/x/worker/types"
)

// ledger repeats a worker's money with plain lists.
type ledger struct {
	worker               types.Worker
	bond                 int64
	offers, leases, held []int64
	slashes              []types.Slash
	frauds, standing     int64
}

func sum(amounts []int64) int64 {
	total := int64(0)
	for _, a := range amounts {
		total += a
	}
	return total
}

// take removes one of the amounts.
func take(t *rapid.T, amounts *[]int64) int64 {
	if len(*amounts) == 0 {
		t.Skip("nothing there")
	}
	i := rapid.IntRange(0, len(*amounts)-1).Draw(t, "index")
	taken := (*amounts)[i]
	*amounts = append((*amounts)[:i:i], (*amounts)[i+1:]...)
	return taken
}

func TestBondArithmetic(t *testing.T) {
	params := testParams()
	rapid.Check(t, func(t *rapid.T) {
		l, height := ledger{worker: newWorker(0)}, int64(1)
		amount := rapid.Int64Range(0, 1_000_000)
		try := func(next types.Worker, err error) bool {
			if err == nil {
				l.worker = next
			}
			return err == nil
		}
		must := func(next types.Worker, err error) {
			require.NoError(t, err)
			l.worker = next
		}
		t.Repeat(map[string]func(*rapid.T){
			"bond": func(t *rapid.T) {
				a := amount.Draw(t, "amount")
				must(l.worker.AddBond(math.NewInt(a)))
				l.bond += a
			},
			"withdraw": func(t *rapid.T) {
				a := amount.Draw(t, "amount")
				free := l.bond - sum(l.leases) - sum(l.held)
				done := try(l.worker.Withdraw(math.NewInt(a)))
				require.Equal(t, a <= free, done)
				if done {
					l.bond -= a
				}
			},
			"offer": func(t *rapid.T) {
				a := amount.Draw(t, "amount")
				must(l.worker.Reserve(math.NewInt(a)))
				l.offers = append(l.offers, a)
			},
			"offer gone": func(t *rapid.T) { must(l.worker.Release(math.NewInt(take(t, &l.offers)))) },
			"accept": func(t *rapid.T) {
				a := take(t, &l.offers)
				lockable := l.bond*int64(params.LeaseLockBps)/types.BasisPoints - sum(l.leases) - sum(l.held)
				done := try(l.worker.Lock(params, math.NewInt(a)))
				require.Equal(t, a <= max(lockable, 0), done)
				if done {
					l.leases = append(l.leases, a)
				} else {
					l.offers = append(l.offers, a)
				}
			},
			"commit": func(t *rapid.T) {
				l.held = append(l.held, take(t, &l.leases))
				must(l.worker.EndLease())
			},
			"lapse": func(t *rapid.T) {
				a := take(t, &l.leases)
				l.held = append(l.held, a)
				must(l.worker.Lapse(math.NewInt(a)))
				must(l.worker.EndLease())
			},
			"deposit": func(t *rapid.T) {
				a := amount.Draw(t, "amount")
				fit := !l.worker.Punished() && a <= l.bond-sum(l.leases)-sum(l.held)
				done := try(l.worker.LockDeposit(math.NewInt(a)))
				require.Equal(t, fit, done)
				if done {
					l.held = append(l.held, a)
				}
			},
			"matched": func(*rapid.T) {
				must(l.worker.AuditMatched())
				l.standing++
			},
			"resume": func(*rapid.T) {
				fit := l.worker.Status == types.WORKER_STATUS_JAILED && height >= l.worker.JailUntil
				require.Equal(t, fit, try(l.worker.Resume(height)))
			},
			"time passes": func(t *rapid.T) { height += rapid.Int64Range(0, 60).Draw(t, "blocks") },
			"slash": func(t *rapid.T) {
				a := take(t, &l.held)
				kind := rapid.SampledFrom([]types.SlashKind{types.SLASH_KIND_LEAF, types.SLASH_KIND_AUDIT, types.SLASH_KIND_WITHHELD}).Draw(t, "kind")
				must(l.worker.Forfeit(math.NewInt(a)))
				next, before := l.worker.Punish(params, kind, height)
				l.worker = next
				l.slashes = append(l.slashes, types.Slash{Kind: kind, Amount: math.NewInt(a), Before: &before})
				l.bond -= a
				if kind != types.SLASH_KIND_WITHHELD {
					l.frauds++
				}
				require.True(t, l.worker.Punished())
				require.Zero(t, l.worker.Standing)
			},
			"reverse": func(t *rapid.T) {
				if len(l.slashes) == 0 {
					t.Skip("nothing there")
				}
				i := rapid.IntRange(0, len(l.slashes)-1).Draw(t, "slash")
				slash := l.slashes[i]
				var later *types.Slash
				if i+1 < len(l.slashes) {
					later = &l.slashes[i+1]
				}
				next, changed, err := l.worker.Pardon(slash, later)
				require.NoError(t, err)
				l.worker = next
				if changed != nil {
					l.slashes[i+1] = *changed
				}
				l.slashes = append(l.slashes[:i:i], l.slashes[i+1:]...)
				l.bond += slash.Amount.Int64()
				if slash.Kind != types.SLASH_KIND_WITHHELD {
					l.frauds--
				}
			},
			"unlock": func(t *rapid.T) { must(l.worker.Unlock(math.NewInt(take(t, &l.held)))) },
			"": func(t *rapid.T) {
				require.Equal(t, l.bond, l.worker.Bond.Int64())
				require.Equal(t, sum(l.leases)+sum(l.held), l.worker.Locked.Int64())
				require.Equal(t, sum(l.offers), l.worker.Reserved.Int64())
				require.EqualValues(t, len(l.offers)+len(l.leases), l.worker.Load)
				require.True(t, l.worker.Locked.LTE(l.worker.Bond))
				require.EqualValues(t, l.frauds, l.worker.Frauds)
				require.Equal(t, l.frauds >= 2, l.worker.Status == types.WORKER_STATUS_TOMBSTONED)
				standing := int64(l.worker.Standing)
				for _, s := range l.slashes {
					standing += int64(s.Before.Standing)
				}
				require.Equal(t, l.standing, standing, "no matched audit is lost while its slash can be reversed")
				if len(l.slashes) == 0 {
					require.False(t, l.worker.Punished(), "every slash was reversed")
					require.Zero(t, l.worker.JailUntil)
				}
				require.False(t, l.worker.Leasable(params).IsNegative())
			},
		})
	})
}
