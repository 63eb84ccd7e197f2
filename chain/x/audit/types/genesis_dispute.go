package types

import (
	"fmt"

	"github.com/dmcn/dmcn/chain/protocol"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
)

// CheckDisputes returns an error unless the disputes stand in the order of their ids, with votes that make up their powers.
func (g GenesisState) CheckDisputes() error {
	known := map[uint64]bool{}
	sums := map[uint64]Dispute{}
	for _, v := range g.Votes {
		if err := v.checkParts(); err != nil {
			return err
		}
		sums[v.DisputeId] = v.addTo(sums[v.DisputeId])
	}
	last := uint64(0)
	for _, d := range g.Disputes {
		if d.Id <= last || d.Id >= g.NextDisputeId {
			return fmt.Errorf("dispute %d is out of order, there twice, or not before the next one, %d", d.Id, g.NextDisputeId)
		}
		if err := d.checkParts(); err != nil {
			return fmt.Errorf("%s: %w", d.Label(), err)
		}
		sum := sums[d.Id]
		if d.TotalPower != sum.TotalPower || d.CommittedPower != sum.CommittedPower || d.RevealedPower != sum.RevealedPower {
			return fmt.Errorf("%s: its powers are %d, %d, %d, those of its votes %d, %d, %d", d.Label(), d.TotalPower, d.CommittedPower,
				d.RevealedPower, sum.TotalPower, sum.CommittedPower, sum.RevealedPower)
		}
		last, known[d.Id] = d.Id, true
	}
	for id := range sums {
		if !known[id] {
			return fmt.Errorf("votes in dispute %d, which is not there", id)
		}
	}
	return nil
}

// addTo adds a vote to the powers of a dispute.
func (v Vote) addTo(d Dispute) Dispute {
	d.TotalPower += v.Power
	if len(v.Hash) > 0 {
		d.CommittedPower += v.Power
	}
	if v.Leaf != nil {
		d.RevealedPower += v.Power
	}
	return d
}

func (v Vote) checkParts() error {
	switch {
	case v.Validator == "" || v.Power <= 0:
		return fmt.Errorf("dispute %d: a vote of %q with the power %d", v.DisputeId, v.Validator, v.Power)
	case len(v.Hash) != 0 && len(v.Hash) != protocol.HashLength:
		return fmt.Errorf("dispute %d: the vote of %s has a hash of %d bytes", v.DisputeId, v.Validator, len(v.Hash))
	case v.Leaf != nil && len(v.Hash) == 0:
		return fmt.Errorf("dispute %d: the vote of %s was revealed and not committed", v.DisputeId, v.Validator)
	}
	return nil
}

// checkReferees returns an error for a validator or an account that is there twice, and for what cannot have been registered.
func (g GenesisState) checkReferees() error {
	validators, accounts := map[string]bool{}, map[string]bool{}
	for _, r := range g.Referees {
		switch {
		case r.Validator == "" || validators[r.Validator]:
			return fmt.Errorf("the referee of validator %q is there twice or nobody's", r.Validator)
		case r.Account == "" || accounts[r.Account]:
			return fmt.Errorf("account %q of a referee is there twice or empty", r.Account)
		case len(r.EncryptionKey) != tasktypes.EncryptionKeyLength:
			return fmt.Errorf("the referee of validator %s has a key of %d bytes", r.Validator, len(r.EncryptionKey))
		}
		validators[r.Validator], accounts[r.Account] = true, true
	}
	return nil
}

func (g GenesisState) checkAbsences() error {
	type absence struct {
		height    int64
		validator string
	}
	known := map[absence]bool{}
	for _, a := range g.Absences {
		id := absence{a.Height, a.Validator}
		if a.Height < 0 || a.Validator == "" || a.Power <= 0 || known[id] {
			return fmt.Errorf("the absence of %q at height %d, power %d, is there twice or none", a.Validator, a.Height, a.Power)
		}
		known[id] = true
	}
	return nil
}
