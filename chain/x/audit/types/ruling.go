package types

import (
	"bytes"
	"slices"

	"cosmossdk.io/math"

	"github.com/dmcn/dmcn/chain/protocol"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

// Side is where an audit stands in a dispute about a unit.
type Side int

// The sides.
const (
	// SideNone is of audits that do not have the unit, or were not posted.
	SideNone Side = iota
	// SideRight is of audits that posted the verdict's leaf.
	SideRight
	// SideWrong is of audits that posted another one, the worker's or a third.
	SideWrong
)

// SideOf tells where an audit of an auditor, an account of 20 bytes, stands once a verdict's leaf is known.
func (a Audit) SideOf(auditor protocol.Account, verdict tasktypes.Leaf) (Side, error) {
	at := slices.Index(a.Units, verdict.Unit)
	if at < 0 || !a.Posted() {
		return SideNone, nil
	}
	leaf, err := verdict.Protocol()
	if err != nil {
		return SideNone, err
	}
	if hash := protocol.AuditHash(auditor, leaf.Preimage(a.JobId, verdict.Unit)); !bytes.Equal(hash[:], a.Hashes[at]) {
		return SideWrong, nil
	}
	return SideRight, nil
}

// Due are what the referees of a dispute are still due, a share for each that voted for its verdict.
type Due []workertypes.SlashShare

// NewDue splits what referees cost by the power of those that revealed a verdict's leaf; account tells where a validator is
// paid.
func NewDue(cost math.Int, votes []Vote, verdict tasktypes.Leaf, account func(validator string) (string, error)) (Due, error) {
	power := math.ZeroInt()
	var right []Vote
	for _, v := range votes {
		if v.Leaf != nil && SameLeaf(*v.Leaf, verdict) {
			right, power = append(right, v), power.AddRaw(v.Power)
		}
	}
	var due Due
	for _, v := range right {
		recipient, err := account(v.Validator)
		if err != nil {
			return nil, err
		}
		if share := cost.MulRaw(v.Power).Quo(power); share.IsPositive() {
			due = append(due, workertypes.SlashShare{Recipient: recipient, Role: workertypes.SLASH_ROLE_REFEREE, Amount: share})
		}
	}
	return due, nil
}

// Less is what is due when shares of a lost amount are paid.
func (d Due) Less(shares []workertypes.SlashShare) Due {
	left := slices.Clone(d)
	for _, share := range shares {
		if share.Role != workertypes.SLASH_ROLE_REFEREE {
			continue
		}
		for i := range left {
			if left[i].Recipient == share.Recipient {
				left[i].Amount = left[i].Amount.Sub(share.Amount)
			}
		}
	}
	return slices.DeleteFunc(left, func(s workertypes.SlashShare) bool { return !s.Amount.IsPositive() })
}

// Price of a batch is what its worker would be paid, in udmc.
func Price(job tasktypes.Job, b tasktypes.Batch) (math.Int, error) {
	payment, err := protocol.BatchPayment(b.Opening.GasTotal, b.Lease.Ask, job.RoyaltyBps, job.FeeBps)
	return payment.Pay, err
}
