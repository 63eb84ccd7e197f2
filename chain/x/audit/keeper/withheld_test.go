package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/dmcn/dmcn/chain/protocol"
	"github.com/dmcn/dmcn/chain/x/audit/types"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

// withheld lets the opening of a selected batch run out, and others take the batch.
func (f *fixture) withheld() (tasktypes.Batch, work, types.Audit) {
	f.Helper()
	b, w := f.opening()
	a := f.audits(b)[0]
	f.runTo(b.Deadline)
	f.forget()
	before := f.balance(a.Auditor)
	f.endBlock()
	// 1.3*ask at the gas limit, since nobody knows what was verified
	fee, err := protocol.AuditFee(0, 2*gas, a.Ask, math.NewInt(price), math.NewInt(floor))
	require.NoError(f, err)
	require.Equal(f, fee.Int64(), f.balance(a.Auditor)-before, "the audit is paid out of the worker's bond")
	require.Equal(f, math.NewInt(bond).Sub(fee), f.registered(b.Lease.Worker).Bond)
	require.True(f, f.job(b.JobId).Audits.IsZero())
	require.True(f, f.job(b.JobId).Earmarked.IsZero())
	return b, w, a
}

func (f *fixture) records(b tasktypes.Batch) []tasktypes.Batch {
	genesis, err := f.tasks.ExportGenesis(f.ctx)
	require.NoError(f, err)
	return genesis.Withheld
}

// TestWithheldPaysWhoPosted has the prover's part of a bond go to the auditor, which does as well as if it had proved a fraud.
func TestWithheldPaysWhoPosted(t *testing.T) {
	f := newFixture(t)
	b, _, a := f.withheld()
	records := f.records(b)
	require.Len(t, records, 1, "the batch is drawn in the same block")
	held := records[0]
	require.Equal(t, b.Epoch, held.Epoch)
	require.Equal(t, b.Deadline+200, held.Deadline)
	worker := f.registered(b.Lease.Worker)
	require.True(t, worker.Locked.GTE(held.Lease.Bond))
	f.forget()
	f.runTo(held.Deadline + 1)
	require.Empty(t, f.records(b))
	slashed := events[*workertypes.EventSlashHeld](f)
	require.Len(t, slashed, 1)
	require.Equal(t, workertypes.SLASH_KIND_WITHHELD, slashed[0].Slash.Kind)
	require.Equal(t, held.Lease.Bond, slashed[0].Slash.Amount)
	params, err := f.workers.Params(f.ctx)
	require.NoError(t, err)
	part := held.Lease.Bond.MulRaw(int64(params.SlashProverBps)).QuoRaw(10_000)
	require.Positive(t, part.Int64())
	require.Equal(t, []workertypes.SlashShare{
		{Recipient: a.Auditor, Role: workertypes.SLASH_ROLE_PROVER, Amount: part},
	}, slashed[0].Slash.Shares, "the requester gets nothing, and the rest is burned")
	require.Empty(t, f.audits(b))
	require.Equal(t, worker.Owner, slashed[0].Slash.Owner)
	before, supply := f.balance(a.Auditor), f.bank.GetSupply(f.ctx, types.Denom)
	f.runTo(slashed[0].Slash.ReleaseHeight + 1)
	require.Equal(t, part.Int64(), f.balance(a.Auditor)-before)
	require.Equal(t, held.Lease.Bond.Sub(part), supply.Sub(f.bank.GetSupply(f.ctx, types.Denom)).Amount)
}

// TestWithheldThatNobodyAudited has no auditor post in any round: the whole bond is burned.
func TestWithheldThatNobodyAudited(t *testing.T) {
	f := newFixture(t)
	b, _ := f.selected()
	for b.State == tasktypes.BATCH_STATE_AUDIT_WAIT {
		f.endBlock()
		b = f.batch(b)
	}
	require.Equal(t, tasktypes.BATCH_STATE_OPENING, b.State)
	f.runTo(b.Deadline + 1)
	held := f.records(b)[0]
	require.Equal(t, b.Lease.Bond, held.Lease.Bond)
	f.forget()
	f.runTo(held.Deadline + 1)
	slashed := events[*workertypes.EventSlashHeld](f)
	require.Len(t, slashed, 1)
	require.Equal(t, held.Lease.Bond, slashed[0].Slash.Burned())
}

func TestWithheldIsOpenedLate(t *testing.T) {
	f := newFixture(t)
	b, w, a := f.withheld()
	before := f.registered(b.Lease.Worker).Locked
	must(f, f.jobs.Open, openMsg(f, b, w))
	require.Empty(t, f.records(b))
	held := before.Sub(f.registered(b.Lease.Worker).Locked)
	require.Positive(t, held.Int64(), "the bond is free")
	require.Empty(t, f.audits(b))
	refused(f, f.jobs.Open, openMsg(f, b, w), tasktypes.ErrWrongEpoch)
	_ = a
}

// TestWithheldThatDiffers has a late opening that differs from the audit, whose input nobody posts.
func TestWithheldThatDiffers(t *testing.T) {
	f := newFixture(t)
	b, w := f.opening(0, 1, 2, 3)
	f.runTo(b.Deadline + 1)
	must(f, f.jobs.Open, openMsg(f, b, w))
	held := f.records(b)[0]
	require.Equal(t, tasktypes.BATCH_STATE_DISPUTED, held.State)
	f.runTo(held.Deadline + 1)
	f.runTo(f.records(b)[0].Deadline + 1)
	require.Empty(t, f.records(b), "no verdict, no slash")
	require.Empty(t, events[*workertypes.EventSlashHeld](f))
	require.Empty(t, f.audits(b))
}

func TestWithheldTooLate(t *testing.T) {
	f := newFixture(t)
	b, w, _ := f.withheld()
	f.runTo(f.records(b)[0].Deadline + 1)
	refused(f, f.jobs.Open, openMsg(f, b, w), tasktypes.ErrWrongEpoch)
}

// TestOpenedLateBeforeTheNextDraw opens a selected batch late that nobody can be drawn for.
func TestOpenedLateBeforeTheNextDraw(t *testing.T) {
	f := newFixture(t)
	b, w := f.opening()
	for _, name := range []string{"wendy", "ann", "arno"} {
		require.NoError(t, f.workers.Pause(f.ctx, f.addr(name), f.addr(name)))
	}
	f.runTo(b.Deadline + 1)
	require.Empty(t, f.records(b))
	require.Equal(t, tasktypes.BATCH_STATE_QUEUED, f.batch(b).State)
	must(f, f.jobs.Open, openMsg(f, b, w))
	b = f.batch(b)
	require.Equal(t, tasktypes.BATCH_STATE_CHALLENGE, b.State)
	f.runTo(b.Deadline + 1)
	require.Equal(t, tasktypes.BATCH_STATE_FINAL, f.batch(b).State)
	require.True(t, f.registered(b.Lease.Worker).Locked.IsZero())
	require.Equal(t, uint64(1), f.registered(b.Lease.Worker).Standing)
}
