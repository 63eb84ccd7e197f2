package types

import (
	"bytes"
	"slices"

	"cosmossdk.io/math"

	"github.com/dmcn/dmcn/chain/protocol"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

// The rules that keep a worker from the next batch of a job, beside those that keep it out of every draw.
const (
	// RuleEnding holds where a job is cancelled or past its deadline.
	RuleEnding workertypes.Rule = "ending"
	// RuleSuspended holds where the inputs of a job have to be confirmed first.
	RuleSuspended workertypes.Rule = "suspended"
	// RuleDrawn holds where all batches of a job are drawn.
	RuleDrawn workertypes.Rule = "drawn"
	// RuleReported holds for owners that reported an input of the job missing.
	RuleReported workertypes.Rule = "reported"
	// RuleLapsed holds for owners whose lease on the job ran out, while somebody else is eligible.
	RuleLapsed workertypes.Rule = "lapsed"
	// RulePrice holds for workers that ask more than max_price.
	RulePrice workertypes.Rule = "price"
	// RuleMemory holds for workers with less memory than a unit may use.
	RuleMemory workertypes.Rule = "memory"
	// RuleFeatures holds for workers that lack a feature.
	RuleFeatures workertypes.Rule = "features"
	// RuleModules holds for workers that run other modules only.
	RuleModules workertypes.Rule = "modules"
	// RuleGasLimit holds for workers that take only units with a lower gas limit.
	RuleGasLimit workertypes.Rule = "gas_limit"
	// RuleBond holds for workers whose bond for leases is less than the batch locks.
	RuleBond workertypes.Rule = "bond"
)

// Needs are what a worker has to bring for a batch.
type Needs struct {
	MaxPrice math.Int
	Memory   uint64
	Features []string
	ModuleID []byte
	GasLimit uint64   // of a unit
	Bond     math.Int // n*s
}

// NeedsOf returns what a batch of a job needs whose lease locks the given bond.
func NeedsOf(job Job, bond math.Int) Needs {
	return Needs{
		MaxPrice: job.Spec.MaxPrice, Memory: job.Spec.MemoryLimit, Features: job.Spec.Features,
		ModuleID: job.Spec.ModuleId, GasLimit: job.Spec.GasLimit, Bond: bond,
	}
}

// MetBy tells whether a worker can be given the batch. Bars are not looked at.
func (n Needs) MetBy(w workertypes.Worker, p workertypes.Params) bool {
	return len(w.KeptOut(p)) == 0 && n.Unmet(w, p) == ""
}

// Unmet is the first of the rules about price, memory, features, modules, gas limit and bond that keeps a worker from the
// batch, empty where none does.
func (n Needs) Unmet(w workertypes.Worker, p workertypes.Params) workertypes.Rule {
	switch {
	case w.Ask.GT(n.MaxPrice):
		return RulePrice
	case w.Leasable(p).LT(n.Bond) && n.CanRun(w):
		return RuleBond
	}
	return n.unable(w)
}

// CanRun tells whether a worker's memory, features, modules and gas limit allow the job's units.
func (n Needs) CanRun(w workertypes.Worker) bool { return n.unable(w) == "" }

// unable is the first of the rules about memory, features, modules and gas limit that keeps a worker from the job.
func (n Needs) unable(w workertypes.Worker) workertypes.Rule {
	switch {
	case w.Memory < n.Memory:
		return RuleMemory
	case slices.ContainsFunc(n.Features, func(f string) bool { return !slices.Contains(w.Features, f) }):
		return RuleFeatures
	case len(w.Modules) > 0 && !slices.ContainsFunc(w.Modules, func(id []byte) bool { return bytes.Equal(id, n.ModuleID) }):
		return RuleModules
	case w.MaxGasLimit > 0 && n.GasLimit > w.MaxGasLimit:
		return RuleGasLimit
	}
	return ""
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

// drawnOpeners is the number of referees that hold the leaf key of a batch beside its worker.
const drawnOpeners = 2

// DrawOpeners picks the referees that may open a batch in its worker's place: two different ones of the accounts, none of
// them the worker, or as many as there are.
func DrawOpeners(seed protocol.Hash, b Batch, worker string, accounts []string) ([]string, error) {
	random := protocol.Random(seed, protocol.PurposeOpener, protocol.RandomID{Job: b.JobId, Batch: b.Index, Epoch: b.Epoch})
	var drawn []string
	for try := uint32(0); try < protocol.MaxPickTries && len(accounts) > 0 && len(drawn) < drawnOpeners; try++ {
		slot, err := protocol.Pick(random, try, uint64(len(accounts)))
		if err != nil {
			return nil, err
		}
		if account := accounts[slot]; account != worker && !slices.Contains(drawn, account) {
			drawn = append(drawn, account)
		}
	}
	return drawn, nil
}
