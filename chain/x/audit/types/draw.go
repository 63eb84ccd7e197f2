package types

import (
	"slices"

	"cosmossdk.io/math"

	"github.com/dmcn/dmcn/chain/protocol"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

// permutationRound is the round of the randomness that orders a batch's units; the draws of auditors use smaller ones.
const permutationRound = 1<<32 - 1

// NewAudits are the audits of a batch, before anybody is drawn: several take places a*k to a*k+k-1, modulo the batch's
// real length, of one permutation of its units, which the seed decides.
func NewAudits(job tasktypes.Job, batch tasktypes.Batch, auditors uint32, seed protocol.Hash, state AuditState) []Audit {
	random := protocol.Random(seed, protocol.PurposeAudit, protocol.RandomID{
		Job: batch.JobId, Batch: batch.Index, Epoch: batch.Epoch, Round: permutationRound,
	})
	order := protocol.Permutation(random, batch.Units)
	first := batch.Index * job.Spec.BatchSize
	samples := min(job.Spec.Assurance.Samples, batch.Units)
	audits := make([]Audit, auditors)
	for a := range audits {
		units := make([]uint32, samples)
		for i := range units {
			units[i] = first + order[(uint32(a)*samples+uint32(i))%batch.Units]
		}
		audits[a] = Audit{
			JobId: batch.JobId, Batch: batch.Index, Epoch: batch.Epoch, Index: uint32(a), State: state, Units: units,
			Ask: math.ZeroInt(), Deposit: math.ZeroInt(),
		}
	}
	return audits
}

// DrawRandom is the randomness from which an auditor is drawn for a place.
func (a Audit) DrawRandom(seed protocol.Hash) protocol.Hash {
	return protocol.Random(seed, protocol.PurposeAudit, protocol.RandomID{
		Job: a.JobId, Batch: a.Batch, Epoch: a.Epoch, Round: a.Round*tasktypes.MaxAuditors + a.Index,
	})
}

// Needs are what an auditor has to bring for a batch.
type Needs struct {
	Job tasktypes.Job
	// Worker is the owner whose batch is audited.
	Worker string
	// Taken are the owners that have a place in the audit of the batch, or were absent from one.
	Taken []string
	// Deposit is what a post locks.
	Deposit math.Int
}

// MetBy tells whether a worker can audit the batch. Price is not looked at: the fee is bounded by the job's price, and
// whoever sets that price should not choose the auditors by it.
func (n Needs) MetBy(w workertypes.Worker) bool {
	switch {
	case w.Owner == n.Worker, w.Owner == n.Job.Requester, w.Operator == n.Job.Requester, slices.Contains(n.Taken, w.Owner):
		return false
	case w.Free().LT(n.Deposit):
		return false
	}
	return tasktypes.NeedsOf(n.Job, math.ZeroInt()).CanRun(w)
}

// Deposit is what the post of an audit locks.
func Deposit(job tasktypes.Job, a Audit) (math.Int, error) {
	return protocol.AuditDeposit(uint32(len(a.Units)), job.Spec.GasLimit, job.Spec.MaxPrice, job.AuditFloor)
}

// FirstFee is the most that an audit of a job costs in the first round: k units at the job's limits.
func FirstFee(job tasktypes.Job) (math.Int, error) {
	gas := uint64(job.Spec.Assurance.Samples) * job.Spec.GasLimit
	return protocol.AuditFee(0, gas, job.Spec.MaxPrice, job.Spec.MaxPrice, job.AuditFloor)
}

// Fee of an audit that verified an amount of gas.
func Fee(job tasktypes.Job, a Audit, gas uint64) (math.Int, error) {
	return protocol.AuditFee(a.Round, gas, a.Ask, job.Spec.MaxPrice, job.AuditFloor)
}
