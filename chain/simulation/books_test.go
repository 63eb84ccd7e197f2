package simulation

import (
	"fmt"
	"math/big"
	"strings"

	"github.com/cosmos/gogoproto/proto"
	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	distrtypes "github.com/cosmos/cosmos-sdk/x/distribution/types"

	"github.com/dmcn/dmcn/chain/app"
	audittypes "github.com/dmcn/dmcn/chain/x/audit/types"
	beacontypes "github.com/dmcn/dmcn/chain/x/beacon/types"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

type batchID struct {
	job   uint64
	index uint32
}

// batchEntry is where a batch stands by its events alone.
type batchEntry struct {
	state    tasktypes.BatchState
	epoch    uint32
	deadline int64
	ask      math.Int
}

// jobEntry is what was paid for a job by its events alone.
type jobEntry struct {
	paid, royalties, fees, audits math.Int
	settled                       bool
}

// books follow the events of the chain as somebody does who sees nothing else.
type books struct {
	batches map[batchID]batchEntry
	// withheld are the epochs that go on beside their batches.
	withheld map[epochID]batchEntry
	jobs     map[uint64]*jobEntry
	paid     map[batchID]bool
	supply   math.Int
	// escrow and deposit are what has to leave the accounts of x/task in the current block, by recipient.
	escrow, deposit sums
	// challenges is the same for the account of x/audit.
	challenges sums
	// moved is the number of disputes that the end of a block started or decided.
	moved int
	// stray is what they hold for nothing, by account.
	stray sums
	// paused are the accounts that pay nothing, because they hold too little.
	paused map[string]bool
	live   bool
	drawn  []batchID
	// slashed are the workers that were jailed in this block after the last offer that they got.
	slashed map[string]bool
	failed  []*tasktypes.EventItemFailed
	// deadlines are the items of the deadline queue that did something in this block.
	deadlines int
	// auditorsDrawn is the number of auditors that were drawn in this block.
	auditorsDrawn int
	// pruned is the number of batches that left the state in this block.
	pruned uint32
	// requeued is the batch that the last event queued: one that is ended in the same step is no item of its own.
	requeued batchID
}

func newBooks() books {
	return books{
		batches: map[batchID]batchEntry{}, withheld: map[epochID]batchEntry{}, jobs: map[uint64]*jobEntry{}, paid: map[batchID]bool{}, supply: math.ZeroInt(), stray: sums{},
		paused: map[string]bool{},
	}
}

// read follows the events of a block.
func (w *world) read(list []event) {
	w.Helper()
	b := &w.books
	b.escrow, b.deposit, b.live, b.drawn, b.failed, b.deadlines, b.pruned = sums{}, sums{}, false, nil, nil, 0, 0
	b.challenges, b.moved = sums{}, 0
	b.auditorsDrawn, b.slashed = 0, map[string]bool{}
	for _, e := range list {
		requeued := b.requeued
		b.requeued = batchID{}
		switch typed := e.Message.(type) {
		case *beacontypes.EventSeed:
			b.live = typed.Seed.Live
		case *tasktypes.EventJobSubmitted:
			w.seen.jobs++
			b.jobs[typed.Job.Id] = &jobEntry{math.ZeroInt(), math.ZeroInt(), math.ZeroInt(), math.ZeroInt(), false}
		case *tasktypes.EventJobStateChanged:
			name := fmt.Sprintf("%s - %s -> %s", typed.OldState, typed.Cause, typed.NewState)
			require.Contains(w, jobRows, name)
			w.seen.rows[name]++
		case *tasktypes.EventBatchStateChanged:
			w.step(e, typed, requeued)
		case *tasktypes.EventBatchOffered:
			id := batchID{typed.JobId, typed.Batch}
			entry := b.batches[id]
			entry.ask = typed.Lease.Ask
			b.batches[id] = entry
			delete(b.slashed, typed.Lease.Worker)
		case *workertypes.EventWorkerStatusChanged:
			if typed.Cause == "slash" {
				b.slashed[typed.Owner] = true
			}
		case *tasktypes.EventBatchPaid:
			w.pay(typed)
		case *tasktypes.EventJobSettled:
			w.settle(typed)
		case *audittypes.EventAuditStateChanged:
			if typed.Cause == "drawn" {
				b.auditorsDrawn++
			}
		case *audittypes.EventAuditPaid:
			w.payAudit(typed)
		case *tasktypes.EventWithheldStateChanged:
			w.stepWithheld(e, typed)
			if typed.Cause == "withheld" {
				b.requeued = requeued
			}
		case *tasktypes.EventUndrawnEnded:
			b.deadlines++
		case *tasktypes.EventParamsUpdated, *workertypes.EventParamsUpdated, *beacontypes.EventParamsUpdated,
			*audittypes.EventParamsUpdated:
			// governance is not counted as a transaction
			w.seen.accepted[strings.Replace("/"+proto.MessageName(typed), "EventParamsUpdated", "MsgUpdateParams", 1)]++
		case *tasktypes.EventBatchesPruned:
			w.prune(typed)
		case *tasktypes.EventPayoutsPaused:
			b.paused[typed.Account] = true
		case *tasktypes.EventPayoutsResumed:
			b.paused[typed.Account] = false
		case *workertypes.EventPayoutsPaused:
			b.paused[typed.Account] = true
		case *workertypes.EventPayoutsResumed:
			b.paused[typed.Account] = false
		case *audittypes.EventPayoutsPaused:
			b.paused[typed.Account] = true
		case *audittypes.EventPayoutsResumed:
			b.paused[typed.Account] = false
		case *audittypes.EventChallengeReturned:
			b.challenges.add(typed.Challenger, w.amount(typed.Deposit))
		case *audittypes.EventDisputeStateChanged:
			w.stepDispute(typed)
		case *audittypes.EventValidatorAbsent:
			w.seen.rows[fmt.Sprintf("validator absent, jailed %t", typed.Jailed)]++
		case *workertypes.EventSlashHeld:
			w.holdSlash(typed)
		case *audittypes.EventItemFailed:
			b.failed = append(b.failed, &tasktypes.EventItemFailed{Item: typed.Item, Error: typed.Error})
		case *tasktypes.EventItemFailed:
			b.failed = append(b.failed, typed)
		case *tasktypes.EventOutputPosted:
			b.deposit.add(typed.Poster, w.amount(typed.Deposit))
		case *tasktypes.EventDemandReturned:
			b.deposit.add(w.jobOf(typed.JobId).Requester, w.amount(typed.Deposit))
			b.requeued = requeued
		case *tasktypes.EventModuleRemoved:
			b.deposit.add(typed.Author, w.depositOf(typed.ModuleId))
		}
	}
}

// strayed counts coins that somebody sent to one of our accounts.
func (b *books) strayed(msg sdk.Msg) {
	sent, ok := msg.(*banktypes.MsgSend)
	if !ok {
		return
	}
	for _, name := range accounts {
		if sent.ToAddress == moduleAddress(name).String() {
			b.stray.add(name, sent.Amount.AmountOf(app.Denom))
		}
	}
}

// step is invariant 8: a batch changes over a row of the table only, from where it was; and of invariant 9, that a
// message comes in time and an end not too early.
func (w *world) step(e event, s *tasktypes.EventBatchStateChanged, requeued batchID) {
	w.Helper()
	b, id := &w.books, batchID{s.JobId, s.Batch}
	old, known := b.batches[id]
	if !known {
		old = batchEntry{state: tasktypes.BATCH_STATE_QUEUED}
	}
	r := row{s.OldState, s.NewState, s.Cause}
	k, ok := table[r]
	require.True(w, ok, "no row of the table: %s", s)
	require.Equal(w, old.state, s.OldState, "%s", s)
	require.EqualValues(w, int(old.epoch)+k.epoch, s.Epoch, "%s", s)
	require.False(w, k.message && !e.message, "a message's row at the end of a block: %s", s)
	require.False(w, (k.due || k.free) && e.message, "an end's row by a message: %s", s)
	if k.message && !k.anytime {
		require.LessOrEqual(w, w.height, old.deadline, "a message past the deadline: %s", s)
	}
	if k.due {
		require.GreaterOrEqual(w, w.height, old.deadline, "an end before the deadline: %s", s)
	}
	switch {
	case s.Cause == "drawn":
		b.drawn = append(b.drawn, id)
	case !e.message && requeued != id && !k.free:
		b.deadlines++
	}
	if s.NewState == tasktypes.BATCH_STATE_QUEUED {
		b.requeued = id
	}
	b.batches[id] = batchEntry{s.NewState, s.Epoch, s.Deadline, old.ask}
	w.seen.rows[r.String()]++
}

// pay is invariant 3: what is Final now is paid, as it was asked and computed, and was not paid before.
func (w *world) pay(p *tasktypes.EventBatchPaid) {
	w.Helper()
	b, id := &w.books, batchID{p.JobId, p.Batch}
	require.False(w, b.paid[id], "paid twice: %s", p)
	require.False(w, b.paused[tasktypes.EscrowAccount], "paid while payouts are paused: %s", p)
	b.paid[id] = true
	job, entry := w.jobOf(p.JobId), b.batches[id]
	gas := new(big.Int)
	for i := range p.Units {
		gas.Add(gas, new(big.Int).SetUint64(leaf(job, p.Batch*job.Spec.BatchSize+i).Gas))
	}
	require.Equal(w, gas.Uint64(), p.GasTotal, "%s", p)
	share := func(of *big.Int, by, parts int64) math.Int {
		product := new(big.Int).Mul(of, big.NewInt(by))
		return math.NewIntFromBigInt(product.Quo(product, big.NewInt(parts)))
	}
	pay := share(gas, entry.ask.Int64(), 1_000_000_000)
	royalty, fee := share(pay.BigInt(), int64(job.RoyaltyBps), 10_000), share(pay.BigInt(), int64(job.FeeBps), 10_000)
	require.Equal(w, []string{pay.String(), royalty.String(), fee.String()}, []string{p.Pay, p.Royalty, p.Fee}, "%s", p)
	b.escrow.add(p.Worker, pay)
	b.escrow.add(p.Author, royalty)
	b.escrow.add(moduleAddress(distrtypes.ModuleName).String(), fee)
	sums := b.jobs[p.JobId]
	sums.paid, sums.royalties, sums.fees = sums.paid.Add(pay), sums.royalties.Add(royalty), sums.fees.Add(fee)
}

// settle compares a job's own sums with what was paid.
func (w *world) settle(s *tasktypes.EventJobSettled) {
	w.Helper()
	entry := w.books.jobs[s.JobId]
	require.False(w, entry.settled, "settled twice: %s", s)
	entry.settled = true
	require.Equal(w, []string{entry.paid.String(), entry.royalties.String(), entry.fees.String()}, []string{s.Paid, s.Royalties, s.Fees})
	require.Equal(w, entry.audits.String(), s.Audits)
	refund := w.amount(s.Funded).Sub(entry.paid).Sub(entry.royalties).Sub(entry.fees).Sub(entry.audits)
	require.Equal(w, refund.String(), s.Refunded)
	w.books.escrow.add(w.jobOf(s.JobId).Requester, refund)
}

// prune forgets what left the state: batches of a job that is over for long enough.
func (w *world) prune(p *tasktypes.EventBatchesPruned) {
	w.Helper()
	w.books.pruned += p.Batches
	w.seen.pruned += int(p.Batches)
	require.True(w, w.books.jobs[p.JobId].settled, "%s", p)
	for i := range p.Batches {
		id := batchID{p.JobId, p.FirstBatch + i}
		entry, known := w.books.batches[id]
		require.True(w, known && (entry.state == tasktypes.BATCH_STATE_FINAL || entry.state == tasktypes.BATCH_STATE_ENDED), "%s", p)
		delete(w.books.batches, id)
	}
}

func (w *world) amount(text string) math.Int {
	amount, ok := math.NewIntFromString(text)
	require.True(w, ok, text)
	return amount
}

// jobOf is a job's terms, which never change but for what is not looked at.
func (w *world) jobOf(id uint64) tasktypes.Job {
	w.Helper()
	if job, ok := w.state.jobs[id]; ok {
		return job
	}
	job, err := w.app.TaskKeeper.Job(w.ctx(), id)
	require.NoError(w, err)
	return job
}

func (w *world) depositOf(id []byte) math.Int {
	w.Helper()
	for _, m := range w.state.task.Modules {
		if string(m.Module.Id) == string(id) {
			return m.Module.Deposit
		}
	}
	require.FailNow(w, "a module is removed that was not there", "%x", id)
	return math.Int{}
}
