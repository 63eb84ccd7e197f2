package types

import (
	"bytes"
	"fmt"
)

// DefaultGenesis is an empty state with the default parameters, in which coins are tossed.
func DefaultGenesis() *GenesisState {
	params, err := DefaultParams().WithCoins()
	if err != nil {
		panic(err) // coin_heights of the defaults are within their bounds
	}
	return NewGenesis(params)
}

// NewGenesis is an empty state with the given parameters.
func NewGenesis(p Params) *GenesisState {
	return &GenesisState{Params: p, NextJobId: 1, CoinPass: CoinPass{Done: true}}
}

// Validate returns ErrInvalidGenesis for objects that cannot stand together.
func (g GenesisState) Validate() error {
	if err := g.Params.Validate(); err != nil {
		return err
	}
	if err := g.check(); err != nil {
		return ErrInvalidGenesis.Wrap(err.Error())
	}
	return nil
}

func (g GenesisState) check() error {
	for i, m := range g.Modules {
		if i > 0 && bytes.Compare(g.Modules[i-1].Module.Id, m.Module.Id) >= 0 {
			return fmt.Errorf("module %x is out of order or there twice", m.Module.Id)
		}
		if m.Module.Deposit.IsNil() || m.Module.Deposit.IsNegative() {
			return fmt.Errorf("module %x has no deposit", m.Module.Id)
		}
		raw, err := Inflate(m.Code)
		if err != nil {
			return fmt.Errorf("module %x: %w", m.Module.Id, err)
		}
		if id := ModuleID(raw); !bytes.Equal(id, m.Module.Id) || len(raw) != int(m.Module.Size_) {
			return fmt.Errorf("module %x has the code of %x", m.Module.Id, id)
		}
	}
	jobs := map[uint64]Job{}
	for i, j := range g.Jobs {
		if i > 0 && g.Jobs[i-1].Id >= j.Id {
			return fmt.Errorf("job %d is out of order or there twice", j.Id)
		}
		if j.Id == 0 || j.Id >= g.NextJobId {
			return fmt.Errorf("job %d, the next one would be %d", j.Id, g.NextJobId)
		}
		if j.PrunedBatches > j.NextBatch || j.PrunedBatches > 0 && !j.Closed() {
			return fmt.Errorf("job %d is %s and has %d pruned batches", j.Id, j.State, j.PrunedBatches)
		}
		jobs[j.Id] = j
	}
	if g.NextJobId == 0 {
		return fmt.Errorf("jobs count from 1")
	}
	for i, b := range g.Batches {
		job, ok := jobs[b.JobId]
		if !ok || b.Index >= job.NextBatch {
			return fmt.Errorf("%s was never drawn", b.Label())
		}
		if b.Index < job.PrunedBatches {
			return fmt.Errorf("%s was pruned", b.Label())
		}
		if i > 0 && !before(g.Batches[i-1], b) {
			return fmt.Errorf("%s is out of order or there twice", b.Label())
		}
		if err := b.checkParts(); err != nil {
			return fmt.Errorf("%s: %w", b.Label(), err)
		}
	}
	for i, b := range g.Withheld {
		if job, ok := jobs[b.JobId]; !ok || b.Index >= job.NextBatch || !b.Detached || !b.Live() {
			return fmt.Errorf("%s is no withheld epoch", b.Label())
		}
		if i > 0 && !beforeEpoch(g.Withheld[i-1], b) {
			return fmt.Errorf("%s is out of order or there twice", b.Label())
		}
		if err := b.checkParts(); err != nil {
			return fmt.Errorf("%s: %w", b.Label(), err)
		}
	}
	for _, b := range g.Bars {
		if _, ok := jobs[b.JobId]; !ok {
			return fmt.Errorf("a bar of unknown job %d", b.JobId)
		}
	}
	return nil
}

func before(a, b Batch) bool { return a.JobId < b.JobId || a.JobId == b.JobId && a.Index < b.Index }

func beforeEpoch(a, b Batch) bool {
	return before(a, b) || a.JobId == b.JobId && a.Index == b.Index && a.Epoch < b.Epoch
}

// checkParts returns an error unless the batch has the parts that its state rests on.
func (b Batch) checkParts() error {
	late := b.State == BATCH_STATE_QUEUED && b.LateOpen != 0
	switch {
	case b.State < BATCH_STATE_QUEUED || b.State > BATCH_STATE_WITHHELD:
		return fmt.Errorf("unknown state %d", b.State)
	case (b.State.Held() || b.State == BATCH_STATE_FINAL || late) && b.Lease == nil:
		return fmt.Errorf("%s without a lease", b.State.Short())
	case (b.State.Committed() || late) != (b.Commitment != nil):
		return fmt.Errorf("%s and commitment do not fit", b.State.Short())
	case b.State.Opened() != (b.Opening != nil):
		return fmt.Errorf("%s and opening do not fit", b.State.Short())
	case (b.State == BATCH_STATE_DEMANDED) != (b.Demand != nil):
		return fmt.Errorf("%s and demand do not fit", b.State.Short())
	case b.State == BATCH_STATE_AUDIT_WAIT || b.State == BATCH_STATE_WITHHELD:
		if b.Selection == nil {
			return fmt.Errorf("%s and not selected", b.State.Short())
		}
	}
	return b.checkDisputes()
}

// checkDisputes returns an error unless the batch is about the first of its disputes.
func (b Batch) checkDisputes() error {
	disputed := b.State == BATCH_STATE_DISPUTED || b.State == BATCH_STATE_VOTING || b.State == BATCH_STATE_FRAUD
	switch {
	case disputed != (len(b.Disputes) > 0):
		return fmt.Errorf("%s and %d disputes", b.State.Short(), len(b.Disputes))
	case disputed && (b.State == BATCH_STATE_DISPUTED) != (b.Disputes[0].DisputeId == 0):
		return fmt.Errorf("%s about dispute %d", b.State.Short(), b.Disputes[0].DisputeId)
	case b.Selection != nil && (b.Selection.Earmarked.IsNil() || b.Selection.Earmarked.IsNegative()):
		return fmt.Errorf("earmarked %s", b.Selection.Earmarked)
	case b.Selection != nil && b.Selection.Posted > b.Selection.Auditors:
		return fmt.Errorf("%d audits posted of %d", b.Selection.Posted, b.Selection.Auditors)
	}
	return nil
}
