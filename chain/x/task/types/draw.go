package types

import (
	"slices"

	"cosmossdk.io/math"

	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

// Needs are what a worker has to bring for a batch.
type Needs struct {
	MaxPrice math.Int
	Memory   uint64
	Features []string
	Bond     math.Int // n*s
}

// NeedsOf returns what a batch of a job needs whose lease locks the given bond.
func NeedsOf(job Job, bond math.Int) Needs {
	return Needs{MaxPrice: job.Spec.MaxPrice, Memory: job.Spec.MemoryLimit, Features: job.Spec.Features, Bond: bond}
}

// MetBy tells whether a worker can be given the batch. Bars are not looked at.
func (n Needs) MetBy(w workertypes.Worker, p workertypes.Params) bool {
	return w.Status == workertypes.WORKER_STATUS_ACTIVE &&
		w.Ask.LTE(n.MaxPrice) &&
		w.Memory >= n.Memory &&
		w.Rate >= p.MinRate &&
		w.Load < p.MaxLoad &&
		w.Leasable(p).GTE(n.Bond) &&
		!slices.ContainsFunc(n.Features, func(f string) bool { return !slices.Contains(w.Features, f) })
}

// Cheapest returns the worker with the lowest ask*(1+load)/reputation, the first one drawn of several; ok is false
// without workers.
func Cheapest(drawn []workertypes.Worker) (best workertypes.Worker, ok bool) {
	for i, w := range drawn {
		if i == 0 || cheaper(w, best) {
			best = w
		}
	}
	return best, len(drawn) > 0
}

// cheaper compares by cross-multiplication, without a remainder.
func cheaper(a, b workertypes.Worker) bool {
	cost := func(w workertypes.Worker, other uint64) math.Int {
		return w.Ask.Mul(math.NewIntFromUint64(1 + uint64(w.Load))).Mul(math.NewIntFromUint64(other))
	}
	return cost(a, b.Reputation()).LT(cost(b, a.Reputation()))
}
