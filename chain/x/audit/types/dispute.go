package types

import (
	"fmt"
	"math"
	"slices"
	"strings"

	sdkmath "cosmossdk.io/math"

	"github.com/dmcn/dmcn/chain/protocol"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
)

// Label names the dispute in messages to people.
func (d Dispute) Label() string {
	return fmt.Sprintf("dispute %d about job %d batch %d epoch %d unit %d", d.Id, d.JobId, d.Batch, d.Epoch, d.Leaf.Unit)
}

// Short is the state's name as people read it, Queued for DISPUTE_STATE_QUEUED.
func (s DisputeState) Short() string {
	name := strings.ToLower(strings.TrimPrefix(s.String(), "DISPUTE_STATE_"))
	return strings.ToUpper(name[:1]) + name[1:]
}

// Place is where the dispute stands in the queue: by the height at which it began to wait for the referees, behind all
// others while its batch waits for another unit.
func (d Dispute) Place() int64 {
	if d.QueuedHeight == 0 {
		return math.MaxInt64
	}
	return d.QueuedHeight
}

// Started tells that the power was snapshotted.
func (d Dispute) Started() bool { return d.StartedHeight != 0 }

// Start gives the referees their time, a number of blocks from a height on, with the power that they have now.
func (d Dispute) Start(power, height, blocks int64) Dispute {
	d.State, d.StartedHeight, d.TotalPower = DISPUTE_STATE_COMMITTING, height, power
	d.CommitDeadline, d.Deadline = height+commitBlocks(blocks), height+blocks
	return d
}

// Extend gives the referees their time once more, from a height on: who did not commit can do so, and who did can reveal.
func (d Dispute) Extend(height, blocks, grace int64) Dispute {
	d.State, d.Extended, d.Deadline = DISPUTE_STATE_COMMITTING, true, height+blocks
	d.CommitDeadline = height + commitBlocks(blocks)
	return d.closing(height, grace)
}

// commitBlocks are those of the referees' time in which they commit.
func commitBlocks(blocks int64) int64 { return blocks * 2 / 3 }

// closing brings the end of the commits closer once 2/3 of the power committed.
func (d Dispute) closing(height, grace int64) Dispute {
	if atLeastTwoThirds(d.CommittedPower, d.TotalPower) {
		d.CommitDeadline = min(d.CommitDeadline, height+grace)
	}
	return d
}

func atLeastTwoThirds(part, whole int64) bool {
	return sdkmath.NewInt(part).MulRaw(3).GTE(sdkmath.NewInt(whole).MulRaw(2))
}

// WellAttended tells that more than 2/3 of the power revealed.
func (d Dispute) WellAttended() bool {
	return sdkmath.NewInt(d.RevealedPower).MulRaw(3).GT(sdkmath.NewInt(d.TotalPower).MulRaw(2))
}

// CommitsOver tells whether the time for commits is over at the end of a block.
func (d Dispute) CommitsOver(height int64) bool {
	return d.State == DISPUTE_STATE_COMMITTING && (d.CommittedPower == d.TotalPower || height >= d.CommitDeadline)
}

// RevealsOver tells whether the votes can be counted at the end of a block: everybody revealed who committed, or the
// time is over.
func (d Dispute) RevealsOver(height int64) bool {
	complete := d.State == DISPUTE_STATE_REVEALING && d.CommittedPower > 0 && d.RevealedPower == d.CommittedPower
	return d.voting() && (complete || height >= d.Deadline)
}

func (d Dispute) voting() bool {
	return d.State == DISPUTE_STATE_COMMITTING || d.State == DISPUTE_STATE_REVEALING
}

// Commit binds a validator to a vote. It returns ErrNotStarted, ErrCommitsClosed, ErrVotingOver, ErrAlreadyCommitted or
// ErrInvalidVote.
func (d Dispute) Commit(v Vote, hash []byte, height, grace int64) (Dispute, Vote, error) {
	switch {
	case d.State == DISPUTE_STATE_QUEUED:
		return d, v, ErrNotStarted.Wrap(d.Label())
	case d.State == DISPUTE_STATE_DECIDED:
		return d, v, ErrVotingOver.Wrapf("%s is decided", d.Label())
	case len(v.Hash) > 0:
		return d, v, ErrAlreadyCommitted.Wrapf("%s, validator %s", d.Label(), v.Validator)
	case d.State != DISPUTE_STATE_COMMITTING || height > d.CommitDeadline:
		return d, v, ErrCommitsClosed.Wrapf("%s: since height %d, this is height %d", d.Label(), d.CommitDeadline, height)
	case len(hash) != protocol.HashLength:
		return d, v, ErrInvalidVote.Wrapf("the hash has %d bytes, want %d", len(hash), protocol.HashLength)
	}
	v.Hash = hash
	d.CommittedPower += v.Power
	return d.closing(height, grace), v, nil
}

// Reveal shows what a validator, an account of 20 bytes, is bound to. It returns ErrNotStarted, ErrCommitsOpen, ErrVotingOver,
// ErrNotCommitted, ErrAlreadyRevealed, ErrInvalidVote or ErrVoteMismatch.
func (d Dispute) Reveal(v Vote, validator protocol.Account, m *MsgRevealVote, height int64) (Dispute, Vote, error) {
	switch {
	case d.State == DISPUTE_STATE_QUEUED:
		return d, v, ErrNotStarted.Wrap(d.Label())
	case d.State == DISPUTE_STATE_DECIDED || height > d.Deadline:
		return d, v, ErrVotingOver.Wrapf("%s: since height %d, this is height %d", d.Label(), d.Deadline, height)
	case v.Leaf != nil:
		return d, v, ErrAlreadyRevealed.Wrapf("%s, validator %s", d.Label(), v.Validator)
	case len(v.Hash) == 0:
		return d, v, ErrNotCommitted.Wrapf("%s, validator %s", d.Label(), v.Validator)
	case d.State != DISPUTE_STATE_REVEALING:
		return d, v, ErrCommitsOpen.Wrapf("%s: until height %d, this is height %d", d.Label(), d.CommitDeadline, height)
	case m.Leaf.Unit != d.Leaf.Unit:
		return d, v, ErrInvalidVote.Wrapf("the leaf is of unit %d, %s", m.Leaf.Unit, d.Label())
	}
	salt, err := protocol.HashFromBytes(m.Salt)
	if err != nil {
		return d, v, ErrInvalidVote.Wrapf("salt: %s", err)
	}
	preimage, err := d.Preimage(m.Leaf)
	if err != nil {
		return d, v, ErrInvalidVote.Wrap(err.Error())
	}
	if hash := protocol.VoteHash(salt, validator, d.Id, preimage); !slices.Equal(hash[:], v.Hash) {
		return d, v, ErrVoteMismatch.Wrapf("%s, validator %s: salt or leaf differ", d.Label(), v.Validator)
	}
	leaf := m.Leaf
	v.Leaf = &leaf
	d.RevealedPower += v.Power
	return d, v, nil
}

// Preimage of a leaf of the disputed unit.
func (d Dispute) Preimage(leaf tasktypes.Leaf) ([]byte, error) {
	encoded, err := leaf.Protocol()
	if err != nil {
		return nil, err
	}
	return encoded.Preimage(d.JobId, leaf.Unit), nil
}

// Majority is the leaf that more than half of the power revealed; ok is false where there is none.
func (d Dispute) Majority(votes []Vote) (leaf tasktypes.Leaf, ok bool) {
	power := map[string]int64{}
	for _, v := range votes {
		if v.Leaf == nil {
			continue
		}
		preimage, err := d.Preimage(*v.Leaf)
		if err != nil {
			continue
		}
		power[string(preimage)] += v.Power
		if power[string(preimage)] > d.TotalPower/2 {
			leaf, ok = *v.Leaf, true
		}
	}
	return leaf, ok
}

// VerdictOf is what a majority's leaf means for the worker.
func (d Dispute) VerdictOf(leaf tasktypes.Leaf) Verdict {
	if SameLeaf(d.Leaf, leaf) {
		return VERDICT_FOR_WORKER
	}
	return VERDICT_AGAINST_WORKER
}

// SameLeaf tells that two leaves have the same preimage in one job.
func SameLeaf(a, b tasktypes.Leaf) bool {
	return a.Unit == b.Unit && a.Status == b.Status && a.ExitCode == b.ExitCode && a.Gas == b.Gas &&
		slices.Equal(a.OutputHash, b.OutputHash)
}

// depositDoublings is how often the deposit of a challenge doubles until the queue of disputes is full.
const depositDoublings = 10

// ChallengeDeposit is the least deposit of a challenge of a unit of a job while a number of disputes is open, in udmc: that of an audit of the
// job, or the referees' cost if that is more, doubled with each tenth of the queue that is taken.
func ChallengeDeposit(p Params, job tasktypes.Job, open uint64) (sdkmath.Int, error) {
	deposit, err := protocol.AuditDeposit(job.Spec.Assurance.Samples, job.Spec.GasLimit, job.Spec.MaxPrice, job.AuditFloor)
	if err != nil {
		return deposit, err
	}
	doublings := min(open*depositDoublings/uint64(p.OpenDisputes), depositDoublings)
	return sdkmath.MaxInt(deposit, p.RefereeCost).MulRaw(1 << doublings), nil
}

// checkParts returns an error unless the dispute has the parts that its state rests on.
func (d Dispute) checkParts() error {
	challenged := d.Cause == DISPUTE_CAUSE_CHALLENGE
	switch {
	case d.State < DISPUTE_STATE_QUEUED || d.State > DISPUTE_STATE_DECIDED:
		return fmt.Errorf("unknown state %d", d.State)
	case d.Cause < DISPUTE_CAUSE_AUDIT || d.Cause > DISPUTE_CAUSE_CHALLENGE:
		return fmt.Errorf("unknown cause %d", d.Cause)
	case d.Deposit.IsNil() || d.Deposit.IsNegative() || d.Deposit.IsPositive() && !challenged:
		return fmt.Errorf("deposit %s", d.Deposit)
	case d.QueuedHeight < 0 || d.QueuedHeight == 0 && !challenged || d.QueuedHeight == 0 && d.State != DISPUTE_STATE_QUEUED:
		return fmt.Errorf("%s and queued at height %d", d.State.Short(), d.QueuedHeight)
	case d.Started() == (d.State == DISPUTE_STATE_QUEUED):
		return fmt.Errorf("%s and started at height %d", d.State.Short(), d.StartedHeight)
	case (d.State == DISPUTE_STATE_DECIDED) != (d.Verdict != VERDICT_UNSPECIFIED):
		return fmt.Errorf("%s with the verdict %d", d.State.Short(), d.Verdict)
	case len(d.InputHash) != protocol.HashLength:
		return fmt.Errorf("an input hash of %d bytes", len(d.InputHash))
	}
	_, err := d.Preimage(d.Leaf)
	return err
}
