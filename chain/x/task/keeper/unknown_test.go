package keeper_test

import (
	"testing"

	"github.com/dmcn/dmcn/chain/x/task/types"
)

func TestUnknownObjects(t *testing.T) {
	f := newFixture(t)
	b := f.offered()
	alice := f.named("alice")
	for _, c := range []struct {
		job   uint64
		batch uint32
		want  error
	}{{99, 0, types.ErrUnknownJob}, {b.JobId, 3, types.ErrUnknownBatch}} {
		refused(t, f, f.msgs.AcceptOffer, &types.MsgAcceptOffer{Operator: f.operator(b), JobId: c.job, Batch: c.batch}, c.want)
		refused(t, f, f.msgs.Commit, &types.MsgCommit{Operator: f.operator(b), JobId: c.job, Batch: c.batch}, c.want)
		refused(t, f, f.msgs.Open, &types.MsgOpen{Opener: alice, JobId: c.job, Batch: c.batch}, c.want)
		refused(t, f, f.msgs.ReportMissingInput, &types.MsgReportMissingInput{Operator: f.operator(b), JobId: c.job, Batch: c.batch}, c.want)
		refused(t, f, f.msgs.AcceptBatch, &types.MsgAcceptBatch{Requester: alice, JobId: c.job, Batch: c.batch}, c.want)
		refused(t, f, f.msgs.DemandOutput, &types.MsgDemandOutput{Requester: alice, JobId: c.job, Batch: c.batch, Unit: c.batch * 4}, c.want)
		refused(t, f, f.msgs.PostOutput, &types.MsgPostOutput{Poster: alice, JobId: c.job, Batch: c.batch}, c.want)
	}
	refused(t, f, f.msgs.CancelJob, &types.MsgCancelJob{Requester: alice, JobId: 99}, types.ErrUnknownJob)
	refused(t, f, f.msgs.ConfirmInputs, &types.MsgConfirmInputs{Requester: alice, JobId: 99}, types.ErrUnknownJob)
}

func TestOnlyTheRequester(t *testing.T) {
	f := newFixture(t)
	b := f.inState(types.BATCH_STATE_CHALLENGE)
	bob := f.named("bob")
	refused(t, f, f.msgs.CancelJob, &types.MsgCancelJob{Requester: bob, JobId: b.JobId}, types.ErrUnauthorized)
	refused(t, f, f.msgs.ConfirmInputs, &types.MsgConfirmInputs{Requester: bob, JobId: b.JobId}, types.ErrUnauthorized)
	refused(t, f, f.msgs.AcceptBatch, &types.MsgAcceptBatch{Requester: bob, JobId: b.JobId}, types.ErrUnauthorized)
	refused(t, f, f.msgs.DemandOutput, &types.MsgDemandOutput{Requester: bob, JobId: b.JobId}, types.ErrUnauthorized)
}
