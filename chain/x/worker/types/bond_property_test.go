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
		l := ledger{worker: newWorker(0)}
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
			"unlock": func(t *rapid.T) { must(l.worker.Unlock(math.NewInt(take(t, &l.held)))) },
			"": func(t *rapid.T) {
				require.Equal(t, l.bond, l.worker.Bond.Int64())
				require.Equal(t, sum(l.leases)+sum(l.held), l.worker.Locked.Int64())
				require.Equal(t, sum(l.offers), l.worker.Reserved.Int64())
				require.EqualValues(t, len(l.offers)+len(l.leases), l.worker.Load)
				require.True(t, l.worker.Locked.LTE(l.worker.Bond))
				require.False(t, l.worker.Leasable(params).IsNegative())
			},
		})
	})
}
