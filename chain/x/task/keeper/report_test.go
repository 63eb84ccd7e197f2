package keeper_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/dmcn/dmcn/chain/x/task/types"
)

// TestReportsSuspend has three owners that cannot fetch an input.
func TestReportsSuspend(t *testing.T) {
	f := newFixture(t)
	spec := f.spec(f.module(0))
	spec.Deadline += 1_000
	job := f.submit(spec)
	report := &types.MsgReportMissingInput{JobId: job.Id, Unit: 2}
	for i := range 3 {
		name := fmt.Sprintf("worker%d", i)
		f.worker(name, 1)
		f.endBlock()
		b := f.batch(job.Id, 0)
		require.Equal(t, f.named(name), b.Lease.Worker, "the ones that reported are barred")
		if i == 0 {
			report.Operator = f.operator(b)
			refused(t, f, f.msgs.ReportMissingInput, report, types.ErrTransition) // not leased yet
		}
		f.accept(b)
		report.Operator, report.Epoch, report.Unit = f.operator(b), b.Epoch, 4
		refused(t, f, f.msgs.ReportMissingInput, report, types.ErrUnknownUnit)
		report.Unit = 2
		availability := f.registered(name).Availability
		must(f, f.msgs.ReportMissingInput, report)
		refused(t, f, f.msgs.ReportMissingInput, report, types.ErrWrongEpoch)
		require.Equal(t, b.Epoch+1, f.batch(job.Id, 0).Epoch)
		require.Equal(t, availability, f.registered(name).Availability, "no lapse")
		require.True(t, f.registered(name).Locked.IsZero())
		require.Len(t, f.job(job.Id).MissingReporters, i+1)
	}
	require.Equal(t, types.JOB_STATE_SUSPENDED, f.job(job.Id).State)
	require.Len(t, events[*types.EventInputMissing](f), 3)

	f.worker("fresh", 1)
	f.runTo(f.ctx.BlockHeight() + 5)
	require.Equal(t, types.BATCH_STATE_QUEUED, f.batch(job.Id, 0).State, "nothing is drawn")
	require.Equal(t, string(types.RuleSuspended), f.keptOut("fresh", job.Id))

	confirm := &types.MsgConfirmInputs{Requester: f.named("alice"), JobId: job.Id, Locators: []string{"gopher://blobs"}}
	refused(t, f, f.msgs.ConfirmInputs, confirm, types.ErrInvalidJob)
	confirm.Locators = []string{"https://mirror"}
	must(f, f.msgs.ConfirmInputs, confirm)
	confirmed := f.job(job.Id)
	require.Equal(t, types.JOB_STATE_OPEN, confirmed.State)
	require.Empty(t, confirmed.MissingReporters)
	require.Equal(t, confirm.Locators, confirmed.Spec.Locators)
	require.NoError(t, f.workers.Pause(f.ctx, f.addr("fresh"), f.addr("fresh")))
	f.endBlock()
	require.Equal(t, types.BATCH_STATE_OFFERED, f.batch(job.Id, 0).State, "the bars are lifted")

	causes := []string{}
	for _, e := range events[*types.EventJobStateChanged](f) {
		causes = append(causes, e.Cause)
	}
	require.Equal(t, []string{"missing_inputs", "inputs_confirmed"}, causes)
}

// TestReportsOfOneOwner count once: the other batches that it holds cannot suspend a job.
func TestReportsOfOneOwner(t *testing.T) {
	f := newFixture(t)
	b := f.offered()
	for i := range uint32(3) {
		held := f.batch(b.JobId, i)
		f.accept(held)
		must(f, f.msgs.ReportMissingInput, &types.MsgReportMissingInput{
			Operator: f.operator(b), JobId: b.JobId, Batch: i, Unit: 4 * i,
		})
	}
	require.Equal(t, types.JOB_STATE_OPEN, f.job(b.JobId).State)
	require.Equal(t, []string{f.named("wendy")}, f.job(b.JobId).MissingReporters)
	f.runTo(f.ctx.BlockHeight() + 12)
	for i := range uint32(3) {
		require.Equal(t, types.BATCH_STATE_QUEUED, f.batch(b.JobId, i).State, "barred, though nobody else is there")
	}
}

// TestSuspendedJobRunsOut has a requester that never confirms: the deadline refunds it.
func TestSuspendedJobRunsOut(t *testing.T) {
	f := newFixture(t)
	params := types.DevnetParams()
	params.ReportLimit = 1
	must(f, f.msgs.UpdateParams, &types.MsgUpdateParams{Authority: f.keeper.Authority(), Params: params})
	alice := f.balance("alice")
	b := f.offered()
	f.accept(b)
	must(f, f.msgs.ReportMissingInput, &types.MsgReportMissingInput{Operator: f.operator(b), JobId: b.JobId})
	require.Equal(t, types.JOB_STATE_SUSPENDED, f.job(b.JobId).State)
	f.runTo(f.job(b.JobId).Spec.Deadline + 1)
	require.Equal(t, types.JOB_STATE_EXPIRED, f.job(b.JobId).State)
	require.Equal(t, alice, f.balance("alice"))
}
