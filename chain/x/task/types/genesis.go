package types

import (
	"bytes"
	"fmt"
)

// DefaultGenesis is an empty state with the default parameters.
func DefaultGenesis() *GenesisState { return NewGenesis(DefaultParams()) }

// NewGenesis is an empty state with the given parameters.
func NewGenesis(p Params) *GenesisState { return &GenesisState{Params: p, NextJobId: 1} }

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
	for _, b := range g.Bars {
		if _, ok := jobs[b.JobId]; !ok {
			return fmt.Errorf("a bar of unknown job %d", b.JobId)
		}
	}
	return nil
}

func before(a, b Batch) bool { return a.JobId < b.JobId || a.JobId == b.JobId && a.Index < b.Index }

// checkParts returns an error unless the batch has the parts that its state rests on.
func (b Batch) checkParts() error {
	committed := b.State >= BATCH_STATE_COMMITTED && b.State <= BATCH_STATE_FINAL
	opened := b.State >= BATCH_STATE_CHALLENGE && b.State <= BATCH_STATE_FINAL
	late := b.State == BATCH_STATE_QUEUED && b.LateOpen != 0
	switch {
	case b.State < BATCH_STATE_QUEUED || b.State > BATCH_STATE_ENDED:
		return fmt.Errorf("unknown state %d", b.State)
	case (b.State.Held() || b.State == BATCH_STATE_FINAL || late) && b.Lease == nil:
		return fmt.Errorf("%s without a lease", b.State.Short())
	case (committed || late) != (b.Commitment != nil):
		return fmt.Errorf("%s and commitment do not fit", b.State.Short())
	case opened != (b.Opening != nil):
		return fmt.Errorf("%s and opening do not fit", b.State.Short())
	case (b.State == BATCH_STATE_DEMANDED) != (b.Demand != nil):
		return fmt.Errorf("%s and demand do not fit", b.State.Short())
	}
	return nil
}
