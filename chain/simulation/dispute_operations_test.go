package simulation

import (
	"crypto/sha256"
	"fmt"

	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/x/authz"

	"github.com/dmcn/dmcn/chain/protocol"
	audittypes "github.com/dmcn/dmcn/chain/x/audit/types"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
)

// challenge is done by somebody who computed a batch again, and now and then by somebody who is wrong.
func (w *world) challenge() (*account, []sdk.Msg) {
	by := pick(w.r, w.others)
	for _, b := range w.state.byState[tasktypes.BATCH_STATE_CHALLENGE] {
		if wrong := w.compute(b).wrong; len(wrong) > 0 && !missing(b) && w.chance(40) {
			var msgs []sdk.Msg
			for _, unit := range wrong[:min(len(wrong), 1+w.r.IntN(3))] {
				msgs = append(msgs, w.challengeOf(by, b, unit))
			}
			return by, msgs
		}
	}
	b, ok := w.batch(tasktypes.BATCH_STATE_CHALLENGE, tasktypes.BATCH_STATE_DISPUTED, tasktypes.BATCH_STATE_VOTING)
	if !ok || b.Units == 0 || missing(b) || w.chance(70) {
		return nil, nil
	}
	return does(by, w.challengeOf(by, b, w.unit(b)))
}

func (w *world) challengeOf(by *account, b tasktypes.Batch, unit uint32) sdk.Msg {
	job, done := w.jobOf(b.JobId), w.compute(b)
	at := int(unit - done.leaves[0].Unit)
	deposit, err := audittypes.ChallengeDeposit(w.state.audit.Params, job, uint64(len(w.state.audit.Disputes)))
	require.NoError(w, err)
	return &audittypes.MsgChallenge{
		Challenger: by.text, JobId: b.JobId, Batch: b.Index, Epoch: b.Epoch, Leaf: done.leaves[at], LeafProof: proofOf(w, done.items, at),
		Input: input(job.Spec, unit), InputProof: w.inputProof(job, unit), Deposit: deposit.AddRaw(between(w.r, -1, 9)),
	}
}

func proofOf(w *world, items [][]byte, at int) tasktypes.Proof {
	p, err := protocol.MerkleProof(items, at)
	require.NoError(w, err)
	return tasktypes.Proof{Total: p.Total, Index: p.Index, Aunts: p.Aunts}
}

// inputProof is none for a job of a million units, none of which is ever computed.
func (w *world) inputProof(job tasktypes.Job, unit uint32) tasktypes.Proof {
	if job.Spec.Units == protocol.MaxUnits {
		return tasktypes.Proof{}
	}
	return proofOf(w, inputItems(job.Spec), int(unit))
}

// postInput is done by whoever has the input that a batch, or a withheld epoch, waits for.
func (w *world) postInput() (*account, []sdk.Msg) {
	b, ok := w.batch(tasktypes.BATCH_STATE_DISPUTED)
	for _, late := range w.state.task.Withheld {
		if late.State == tasktypes.BATCH_STATE_DISPUTED {
			b, ok = late, true
		}
	}
	if !ok || missing(b) || w.chance(30) {
		return nil, nil
	}
	job, unit := w.jobOf(b.JobId), w.unit(b)
	if len(b.Disputes) > 0 {
		unit = b.Disputes[0].Leaf.Unit
	}
	if unit >= job.Spec.Units {
		return nil, nil
	}
	by := pick(w.r, w.others)
	return does(by, &audittypes.MsgPostInput{
		Poster: by.text, JobId: b.JobId, Batch: b.Index, Epoch: b.Epoch, Unit: unit, Input: input(job.Spec, unit),
		Proof: w.inputProof(job, unit),
	})
}

// appointReferee lets a process vote for a validator, for a while.
func (w *world) appointReferee() (*account, []sdk.Msg) {
	v := pick(w.r, w.validators)
	until := w.soon()
	msgs := []sdk.Msg{&audittypes.MsgRegisterReferee{Operator: v.text, Account: v.referee.text, EncryptionKey: w.bytes(32)}}
	for _, msg := range []sdk.Msg{&audittypes.MsgCommitVote{}, &audittypes.MsgRevealVote{}} {
		grant, err := authz.NewMsgGrant(v.addr, v.referee.addr, authz.NewGenericAuthorization(sdk.MsgTypeURL(msg)), &until)
		require.NoError(w, err)
		msgs = append(msgs, grant)
	}
	return v.account, msgs
}

// referees vote about the dispute at the head of the queue, each when it gets round to it.
func (w *world) referees() (batch []*transaction) {
	if w.state.audit == nil {
		return nil
	}
	for _, d := range w.state.audit.Disputes {
		if !d.Started() || d.State == audittypes.DISPUTE_STATE_DECIDED && w.chance(90) {
			continue
		}
		for _, vote := range w.state.audit.Votes {
			if vote.DisputeId != d.Id || w.chance(40) {
				continue
			}
			if by, msg := w.ballot(d, vote); msg != nil {
				batch = append(batch, w.remember(&transaction{
					height: w.height + 1, number: w.operations, by: by.name, raw: w.sign(by, []sdk.Msg{msg}), msgs: []sdk.Msg{msg},
				}))
			}
		}
	}
	return batch
}

// ballot is what a validator does in a dispute next: by itself, or through its referee. A few lie or never vote, always the same way
// about one dispute.
func (w *world) ballot(d audittypes.Dispute, vote audittypes.Vote) (*account, sdk.Msg) {
	v := w.operatorOf(vote.Validator)
	if v == nil {
		return nil, nil
	}
	mood := sha256.Sum256(fmt.Appendf(nil, "mood %d %s", d.Id, v.name))
	if !v.steady && mood[0] < 60 {
		return nil, nil
	}
	mine := leaf(w.jobOf(d.JobId), d.Leaf.Unit)
	switch {
	case mood[1] < 12:
		mine.Gas ^= 1
	case mood[1] < 30:
		mine = d.Leaf
	}
	encoded, err := mine.Protocol()
	require.NoError(w, err)
	account, err := protocol.AccountFromBytes(v.addr)
	require.NoError(w, err)
	hash := protocol.VoteHash(mood, account, d.Id, encoded.Preimage(d.JobId, mine.Unit))
	var msg sdk.Msg = &audittypes.MsgCommitVote{Operator: v.text, DisputeId: d.Id, Hash: hash[:]}
	if len(vote.Hash) > 0 && w.chance(95) {
		msg = &audittypes.MsgRevealVote{Operator: v.text, DisputeId: d.Id, Salt: mood[:], Leaf: mine}
	}
	if vote.Leaf != nil && w.chance(90) || len(vote.Hash) > 0 && d.State == audittypes.DISPUTE_STATE_COMMITTING && w.chance(90) {
		return nil, nil
	}
	if w.chance(30) {
		exec := authz.NewMsgExec(v.referee.addr, []sdk.Msg{msg})
		return v.referee, &exec
	}
	return v.account, msg
}

func (w *world) operatorOf(valoper string) *validator {
	for _, v := range w.validators {
		if v.valoper().String() == valoper {
			return v
		}
	}
	return nil
}
