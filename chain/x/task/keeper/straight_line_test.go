package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/dmcn/dmcn/chain/x/task/types"
)

// TestStraightLine runs a job of three batches from its submission to its refund and follows every coin.
func TestStraightLine(t *testing.T) {
	f := newFixture(t)
	f.worker("wendy", 500_000)
	module := f.module(1_000)
	alice, author, wendy := f.balance("alice"), f.balance("author"), f.balance("wendy")
	job := f.submit(f.spec(module))

	// 10 units * 10^6 gas * 10^6 udmc * (1 + 10 % + 2 %) / 10^9, and for each batch ceil(1.7 * 1000) + 500
	const escrow = 11_200 + 3*2_200
	require.Equal(t, int64(escrow), job.Funded.Int64())
	require.Equal(t, alice-escrow, f.balance("alice"))
	require.Equal(t, int64(escrow), f.held(types.EscrowAccount))

	f.endBlock()
	require.Len(t, events[*types.EventBatchOffered](f), 3)
	var bonds int64
	for i := range job.Batches {
		b := f.batch(job.Id, i)
		require.Equal(t, types.BATCH_STATE_OFFERED, b.State)
		bonds += b.Lease.Bond.Int64()
	}
	require.Equal(t, int64(25*10*1_000), bonds)
	require.Equal(t, bonds, f.registered("wendy").Reserved.Int64())

	f.accept(f.batch(job.Id, 0))
	f.accept(f.batch(job.Id, 1))
	f.commit(f.batch(job.Id, 0))
	f.commit(f.batch(job.Id, 1))
	f.commit(f.batch(job.Id, 2)) // straight from the offer
	require.Equal(t, bonds, f.registered("wendy").Locked.Int64())
	require.Zero(t, f.registered("wendy").Load)
	require.True(t, f.registered("wendy").Reserved.IsZero())

	f.runTo(f.batch(job.Id, 0).Deadline + 1)
	for i := range job.Batches {
		f.open(f.batch(job.Id, i))
	}
	f.acceptBatch(f.batch(job.Id, 0))
	require.Equal(t, types.BATCH_STATE_FINAL, f.batch(job.Id, 0).State)
	f.runTo(f.batch(job.Id, 1).Deadline + 1)

	// each batch by itself: gas 4006, 4022 and 2017 at an ask of 500000 for 10^9, royalty and fee of each rounded down
	const pay, royalty, fee = 2 + 2 + 1, 0, 0
	job = f.job(job.Id)
	require.Equal(t, types.JOB_STATE_SETTLED, job.State)
	require.Equal(t, uint32(3), job.FinalBatches)
	require.Equal(t, int64(pay), job.Paid.Int64())
	require.Equal(t, int64(royalty), job.Royalties.Int64())
	require.Equal(t, int64(escrow-pay-royalty-fee), job.Refunded.Int64())
	require.Equal(t, alice-pay-royalty-fee, f.balance("alice"))
	require.Equal(t, author+royalty, f.balance("author"))
	require.Equal(t, wendy+pay, f.balance("wendy"))
	require.Equal(t, int64(fee), f.community())
	require.Zero(t, f.held(types.EscrowAccount))
	require.True(t, f.registered("wendy").Locked.IsZero())
	require.Equal(t, uint64(3), f.registered("wendy").BatchesFinal)

	settled := events[*types.EventJobSettled](f)
	require.Len(t, settled, 1)
	require.Equal(t, job.Refunded.String(), settled[0].Refunded)
	require.Len(t, events[*types.EventBatchPaid](f), 3)
	require.Empty(t, events[*types.EventItemFailed](f))
}

// TestPayment has sums that do not round to nothing, and a module that is gone before its royalty is paid.
func TestPayment(t *testing.T) {
	f := newFixture(t)
	f.worker("wendy", 900_000_000)
	module := f.module(1_500)
	spec := f.spec(module)
	spec.MaxPrice = spec.MaxPrice.MulRaw(1_000)
	spec.Units, spec.BatchSize, spec.GasLimit = 2, 2, 20_000
	alice, author, wendy := f.balance("alice"), f.balance("author"), f.balance("wendy")
	job := f.submit(spec)
	f.endBlock()
	b := f.batch(job.Id, 0)
	f.commit(b)
	f.runTo(f.batch(job.Id, 0).Deadline + 1)
	f.open(b)

	remove := &types.MsgRemoveModule{Author: f.named("author"), ModuleId: module}
	_, err := send(f, f.msgs.RemoveModule, remove)
	require.ErrorIs(t, err, types.ErrModuleInUse)
	f.acceptBatch(b)

	// gas 1000 + 1001 at 0.9 udmc, 15 % royalty, 2 % fee
	const pay, royalty, fee = 1_800, 270, 36
	job = f.job(job.Id)
	require.Equal(t, []int64{pay, royalty, fee}, []int64{job.Paid.Int64(), job.Royalties.Int64(), job.Fees.Int64()})
	require.Equal(t, alice-pay-royalty-fee, f.balance("alice"))
	require.Equal(t, author+royalty, f.balance("author"))
	require.Equal(t, wendy+pay, f.balance("wendy"))
	require.Equal(t, int64(fee), f.community())
	require.Equal(t, types.JOB_STATE_SETTLED, job.State, "it settles in the block that pays the last batch")

	deposit := f.held(types.DepositAccount)
	must(f, f.msgs.RemoveModule, remove)
	require.Equal(t, author+royalty+deposit, f.balance("author"))
	require.Zero(t, f.held(types.DepositAccount))
	_, err = send(f, f.msgs.RemoveModule, remove)
	require.ErrorIs(t, err, types.ErrUnknownModule)
}
