package keeper

import (
	"context"
	"errors"
	"fmt"
	"math"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/x/task/types"
)

const (
	// jobSlot is the place of a job among the entries of its batches.
	jobSlot uint64 = 0
	// putOffBlocks is how long an item that failed waits for its next try.
	putOffBlocks = 10
	// whenResumed is the height of entries that wait for payouts to be resumed.
	whenResumed = math.MaxInt64
)

// batchSlot is the place of a batch among the entries of its job.
func batchSlot(index uint32) uint64 { return (uint64(index) + 1) << 32 }

// withheldSlot is the place of a withheld epoch behind its batch.
func withheldSlot(b types.Batch) uint64 { return batchSlot(b.Index) + uint64(b.Epoch) + 1 }

// placeOf is what a slot stands for: a batch and, where withheld is true, its epoch.
func placeOf(slot uint64) (index, epoch uint32, withheld bool) {
	behind := uint32(slot)
	return uint32(slot>>32) - 1, behind - 1, behind > 0
}

// schedule gives an object its entry in the deadline queue and takes the one away that it had.
func (k Keeper) schedule(ctx context.Context, jobID uint64, slot uint64, at int64) error {
	if err := k.unschedule(ctx, jobID, slot); err != nil {
		return err
	}
	if err := k.deadlineOf.Set(ctx, collections.Join(jobID, slot), at); err != nil {
		return err
	}
	return k.deadlines.Set(ctx, collections.Join3(at, jobID, slot))
}

// unschedule takes an object's entry away, if it has one.
func (k Keeper) unschedule(ctx context.Context, jobID uint64, slot uint64) error {
	at, err := k.deadlineOf.Get(ctx, collections.Join(jobID, slot))
	if errors.Is(err, collections.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := k.deadlineOf.Remove(ctx, collections.Join(jobID, slot)); err != nil {
		return err
	}
	return k.deadlines.Remove(ctx, collections.Join3(at, jobID, slot))
}

// runDeadlines takes the entries that are due, oldest first, as many as a block allows; the rest waits, and messages
// check deadlines by themselves. An entry that fails is put off, so that it holds up no other; one that would pay while
// payouts are paused waits behind all others until they are resumed.
func (k Keeper) runDeadlines(ctx sdk.Context, params types.Params, paused bool) error {
	for range params.DeadlinesPerBlock {
		entry, ok, err := k.nextDue(ctx, paused)
		if !ok || err != nil {
			return err
		}
		failure := k.attempt(ctx, nameOf(entry), func(ctx sdk.Context) error { return k.expire(ctx, params, entry) })
		if failure == nil {
			continue
		}
		next := ctx.BlockHeight() + putOffBlocks
		if errors.Is(failure, types.ErrPayoutsPaused) {
			next = whenResumed
		}
		if err := k.schedule(ctx, entry.K2(), entry.K3(), next); err != nil {
			return err
		}
	}
	return nil
}

func nameOf(entry deadlineKey) string {
	name := fmt.Sprintf("deadline of job %d", entry.K2())
	if entry.K3() == jobSlot {
		return name
	}
	index, epoch, withheld := placeOf(entry.K3())
	if name += fmt.Sprintf(" batch %d", index); withheld {
		name += fmt.Sprintf(" epoch %d", epoch)
	}
	return name
}

// nextDue returns the first entry that is due, then, unless payouts are paused, those that waited for them.
func (k Keeper) nextDue(ctx sdk.Context, paused bool) (entry deadlineKey, ok bool, err error) {
	due := new(collections.Range[deadlineKey]).EndInclusive(
		collections.Join3(ctx.BlockHeight(), uint64(math.MaxUint64), uint64(math.MaxUint64)),
	)
	entry, ok, err = first(ctx, k.deadlines, due)
	if ok || err != nil || paused {
		return entry, ok, err
	}
	waiting := new(collections.Range[deadlineKey]).StartInclusive(collections.Join3(int64(whenResumed), uint64(0), uint64(0)))
	return first(ctx, k.deadlines, waiting)
}

func (k Keeper) expire(ctx sdk.Context, params types.Params, entry deadlineKey) error {
	if entry.K3() == jobSlot {
		return k.expireJob(ctx, params, entry.K2())
	}
	job, batch, err := k.atSlot(ctx, entry.K2(), entry.K3())
	if err != nil {
		return err
	}
	at := types.At{Height: ctx.BlockHeight(), Terms: types.NewTerms(params, job)}
	if batch.State == types.BATCH_STATE_COMMITTED {
		return k.endCoins(ctx, job, batch, at)
	}
	event, err := k.timeout(ctx, job, batch, at)
	if err != nil {
		return err
	}
	if batch.State == types.BATCH_STATE_DEMANDED {
		// whoever has the output could not post it
		if err := k.deposits.MayPay(ctx); errors.Is(err, types.ErrPayoutsPaused) {
			event = types.DemandExtended{At: at}
		}
	}
	_, err = k.step(ctx, &job, batch, event)
	return err
}

// atSlot is what an entry in the deadline queue is for: a batch, or a withheld epoch.
func (k Keeper) atSlot(ctx context.Context, jobID, slot uint64) (types.Job, types.Batch, error) {
	index, epoch, withheld := placeOf(slot)
	if !withheld {
		return k.Batch(ctx, jobID, index)
	}
	job, err := k.Job(ctx, jobID)
	if err != nil {
		return job, types.Batch{}, err
	}
	batch, err := k.withheld.Get(ctx, collections.Join3(jobID, index, epoch))
	return job, batch, err
}

// timeout is the event that a state's deadline stands for.
func (k Keeper) timeout(ctx context.Context, job types.Job, batch types.Batch, at types.At) (types.Event, error) {
	switch batch.State {
	case types.BATCH_STATE_QUEUED:
		return types.JobEnded{}, nil
	case types.BATCH_STATE_OFFERED:
		if job.Over(at.Height + 1) {
			return types.JobEnded{}, nil
		}
		return types.OfferTimedOut{At: at}, nil
	case types.BATCH_STATE_LEASED:
		return types.LeaseTimedOut{At: at}, nil
	case types.BATCH_STATE_AUDIT_WAIT:
		return types.AuditRoundEnded{At: at}, nil
	case types.BATCH_STATE_OPENING:
		return k.openingTimedOut(ctx, job, batch, at)
	case types.BATCH_STATE_WITHHELD:
		return types.WithheldTimedOut{At: at}, nil
	case types.BATCH_STATE_DISPUTED:
		return types.DataTimedOut{At: at}, nil
	case types.BATCH_STATE_VOTING:
		return k.audits.VotingTimedOut(ctx, job, batch, at)
	case types.BATCH_STATE_CHALLENGE:
		return types.ChallengeTimedOut{At: at}, nil
	case types.BATCH_STATE_DEMANDED:
		return types.DemandTimedOut{At: at}, nil
	}
	return nil, types.ErrInvariant.Wrapf("%s is %s and has a deadline", batch.Label(), batch.State.Short())
}

func (k Keeper) openingTimedOut(ctx context.Context, job types.Job, batch types.Batch, at types.At) (types.Event, error) {
	event := types.OpeningTimedOut{At: at}
	if batch.Selection == nil {
		return event, nil
	}
	var err error
	event.AuditFees, err = k.audits.BondFees(ctx, job, batch)
	return event, err
}

// expireJob does one step towards the end of a job that was cancelled or is past its deadline: first the batches that
// were never drawn, which cost nothing, then one queued or offered batch at a time. The entry stays where it is
// until none is left; then it looks again now and then, until the last leased batch settles the job.
func (k Keeper) expireJob(ctx sdk.Context, params types.Params, id uint64) error {
	job, err := k.Job(ctx, id)
	if err != nil {
		return err
	}
	if job.Done() {
		return k.settle(ctx, &job)
	}
	if job.Undrawn() > 0 {
		ended := types.EventUndrawnEnded{JobId: id, FirstBatch: job.NextBatch, Batches: job.Undrawn()}
		job = job.EndUndrawn()
		if err := errors.Join(k.setJob(ctx, job), emit(ctx, &ended)); err != nil || !job.Done() {
			return err
		}
		return k.settle(ctx, &job)
	}
	unleased := collections.NewPrefixedTripleRange[uint64, uint32, uint32](id)
	key, ok, err := first(ctx, k.unleased, unleased)
	if err != nil {
		return err
	}
	if !ok {
		return k.schedule(ctx, id, jobSlot, ctx.BlockHeight()+params.LeaseBlocks)
	}
	batch, err := k.batches.Get(ctx, collections.Join(id, key.K3()))
	if err != nil {
		return err
	}
	_, err = k.step(ctx, &job, batch, types.JobEnded{})
	return err
}
