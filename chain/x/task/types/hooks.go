package types

import (
	"context"

	"cosmossdk.io/math"
)

// AuditHooks is what x/task asks of x/audit while a batch moves. It is asked about selected and disputed batches only.
type AuditHooks interface {
	// Openers are the accounts of the referees among whom those are drawn that hold the leaf key of a batch.
	Openers(ctx context.Context) ([]string, error)
	// Compare returns the leaves of an opening that posted audits differ from, lowest unit first.
	Compare(ctx context.Context, job Job, batch Batch, leaves []Leaf) ([]Leaf, error)
	// BondFees is what the audits of a batch that was not opened are paid out of its lease's bond.
	BondFees(ctx context.Context, job Job, batch Batch) (math.Int, error)
	// VotingTimedOut returns the event for a batch whose time ran out in Voting.
	VotingTimedOut(ctx context.Context, job Job, batch Batch, at At) (Event, error)
	// Perform does an effect that concerns audits and disputes, of a batch as it was before, and returns what has to be
	// paid for it out of what the job's escrow sets aside for the batch.
	Perform(ctx context.Context, job Job, batch Batch, effect Effect) ([]AuditPayment, error)
}

// AuditPayment is a payment out of what a job's escrow sets aside for the audits of a batch, in udmc.
type AuditPayment struct {
	To     string
	Amount math.Int
}
