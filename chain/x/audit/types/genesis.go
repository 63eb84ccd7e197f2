package types

import (
	"cmp"
	"fmt"
)

// DefaultGenesis is an empty state with the default parameters.
func DefaultGenesis() *GenesisState { return NewGenesis(DefaultParams()) }

// NewGenesis is an empty state with the given parameters.
func NewGenesis(p Params) *GenesisState { return &GenesisState{Params: p, NextDisputeId: 1} }

// Validate returns ErrInvalidGenesis for objects that cannot stand together.
func (g GenesisState) Validate() error {
	if err := g.Params.Validate(); err != nil {
		return err
	}
	if g.NextDisputeId == 0 {
		return ErrInvalidGenesis.Wrap("disputes count from 1")
	}
	if err := cmp.Or(checkAudits(g.Audits), g.CheckDisputes(), g.checkReferees(), g.checkAbsences()); err != nil {
		return ErrInvalidGenesis.Wrap(err.Error())
	}
	return nil
}

func checkAudits(audits []Audit) error {
	for i, a := range audits {
		if i > 0 && !before(audits[i-1], a) {
			return fmt.Errorf("%s is out of order or there twice", a.Label())
		}
		if err := a.checkParts(); err != nil {
			return fmt.Errorf("%s: %w", a.Label(), err)
		}
	}
	return nil
}

func before(a, b Audit) bool {
	switch {
	case a.JobId != b.JobId:
		return a.JobId < b.JobId
	case a.Batch != b.Batch:
		return a.Batch < b.Batch
	case a.Epoch != b.Epoch:
		return a.Epoch < b.Epoch
	}
	return a.Index < b.Index
}
