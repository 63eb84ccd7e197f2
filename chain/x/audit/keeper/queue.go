package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/x/audit/types"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

// putOffBlocks is how long a dispute that failed waits for its next try.
const putOffBlocks = 10

// runDisputes moves on the dispute at the head of the queue, and those behind it for as long as the head is decided, as many
// as a block allows. One that fails is put off, so that it holds up no other.
func (k Keeper) runDisputes(ctx sdk.Context, params types.Params) error {
	for range params.DisputesPerBlock {
		d, ok, err := k.head(ctx)
		if !ok || err != nil {
			return err
		}
		var decided bool
		failure := k.attempt(ctx, d.Label(), func(ctx sdk.Context) (err error) {
			decided, err = k.moveOn(ctx, params, d)
			return err
		})
		if failure != nil {
			putOff := d
			putOff.QueuedHeight = ctx.BlockHeight() + putOffBlocks
			if err := k.changeDispute(ctx, d, putOff, "queued"); err != nil {
				return err
			}
			continue
		}
		if !decided {
			return nil
		}
		// what follows on the verdict waits while payouts are paused: the batch comes back when its own time is over
		_ = k.attempt(ctx, "verdict of "+d.Label(), func(ctx sdk.Context) error { return k.applyVerdict(ctx, d.Id) })
	}
	return nil
}

// head is the dispute that the referees vote about, or the next one.
func (k Keeper) head(ctx sdk.Context) (d types.Dispute, ok bool, err error) {
	due := new(collections.Range[placeKey]).EndInclusive(collections.Join(ctx.BlockHeight(), ^uint64(0)))
	err = k.queue.Walk(ctx, due, func(key placeKey) (bool, error) {
		ok = true
		d, err = k.Dispute(ctx, key.K2())
		return true, err
	})
	return d, ok, err
}

// moveOn does what is due for a dispute, and tells whether it is decided.
func (k Keeper) moveOn(ctx sdk.Context, params types.Params, d types.Dispute) (decided bool, err error) {
	if !d.Started() {
		return false, k.start(ctx, d)
	}
	if d.CommitsOver(ctx.BlockHeight()) {
		revealing := d
		revealing.State = types.DISPUTE_STATE_REVEALING
		if err := k.changeDispute(ctx, d, revealing, "committed"); err != nil {
			return false, err
		}
		d = revealing
	}
	if !d.RevealsOver(ctx.BlockHeight()) {
		return false, nil
	}
	next, err := k.count(ctx, params, d, ctx.BlockHeight())
	if err == nil && next.Extended && !d.Extended {
		err = k.applyTo(ctx, d, func(at tasktypes.At) tasktypes.Event {
			return tasktypes.VotingExtended{At: at, DisputeID: d.Id}
		})
	}
	return err == nil && next.State == types.DISPUTE_STATE_DECIDED, err
}

// start snapshots the power of the bonded validators, and begins the referees' time.
func (k Keeper) start(ctx sdk.Context, d types.Dispute) error {
	validators, err := k.staking.GetBondedValidatorsByPower(ctx)
	if err != nil {
		return err
	}
	total := int64(0)
	for _, v := range validators {
		power := v.ConsensusPower(sdk.DefaultPowerReduction)
		if power <= 0 {
			continue
		}
		operator, err := k.validator(v.OperatorAddress)
		if err != nil {
			return err
		}
		total += power
		vote := types.Vote{DisputeId: d.Id, Validator: v.OperatorAddress, Power: power}
		if err := k.votes.Set(ctx, collections.Join(d.Id, []byte(operator)), vote); err != nil {
			return err
		}
	}
	batch, err := k.tasks.Apply(ctx, d.JobId, d.Batch, d.Epoch, func(at tasktypes.At) tasktypes.Event {
		return tasktypes.VotingStarted{At: at, DisputeID: d.Id}
	})
	if err != nil {
		return err
	}
	return k.changeDispute(ctx, d, d.Start(total, ctx.BlockHeight(), batch.Deadline-ctx.BlockHeight()), "started")
}

// count ends the time of the referees, where there is a verdict or none can come any more, or gives it once more. A dispute that still has
// time stays as it is.
func (k Keeper) count(ctx context.Context, params types.Params, d types.Dispute, at int64) (types.Dispute, error) {
	votes, err := k.votesOf(ctx, d.Id)
	if err != nil {
		return d, err
	}
	next, cause := d, "revealed"
	if at >= d.Deadline {
		cause = "deadline"
	}
	leaf, majority := d.Majority(votes)
	switch {
	case majority:
		next.State, next.Verdict = types.DISPUTE_STATE_DECIDED, d.VerdictOf(leaf)
	case at < d.Deadline:
		return d, nil
	case d.Extended:
		next.State, next.Verdict = types.DISPUTE_STATE_DECIDED, types.VERDICT_NONE
	default:
		task, err := k.tasks.Params(ctx)
		if err != nil {
			return d, err
		}
		return k.extend(ctx, d, d.Extend(at, task.VerdictBlocks, params.CommitGraceBlocks))
	}
	if err := k.changeDispute(ctx, d, next, cause); err != nil {
		return d, err
	}
	return next, k.recordAbsent(ctx, params, next, votes)
}

func (k Keeper) extend(ctx context.Context, d, next types.Dispute) (types.Dispute, error) {
	return next, k.changeDispute(ctx, d, next, "extended")
}

// verdictEvent is what a decided dispute means for its batch.
func verdictEvent(d types.Dispute, at tasktypes.At) tasktypes.Event {
	switch d.Verdict {
	case types.VERDICT_FOR_WORKER:
		return tasktypes.DecidedForWorker{At: at, DisputeID: d.Id}
	case types.VERDICT_AGAINST_WORKER:
		return tasktypes.DecidedAgainstWorker{At: at, DisputeID: d.Id}
	}
	return tasktypes.VotingTimedOut{At: at, DisputeID: d.Id}
}

func (k Keeper) applyVerdict(ctx context.Context, id uint64) error {
	d, err := k.Dispute(ctx, id)
	if err != nil {
		return err
	}
	return k.applyTo(ctx, d, func(at tasktypes.At) tasktypes.Event { return verdictEvent(d, at) })
}

// VotingTimedOut returns the event for a batch whose time ran out in Voting: its verdict, also one that waited for payouts to be
// resumed, none, or the same time once more.
func (h hooks) VotingTimedOut(
	ctx context.Context, _ tasktypes.Job, batch tasktypes.Batch, at tasktypes.At,
) (tasktypes.Event, error) {
	d, err := h.k.Dispute(ctx, batch.Disputes[0].DisputeId)
	if err != nil {
		return nil, err
	}
	params, err := h.k.params.Get(ctx)
	if err != nil {
		return nil, err
	}
	if d.State != types.DISPUTE_STATE_DECIDED {
		if d, err = h.k.count(ctx, params, d, at.Height); err != nil {
			return nil, err
		}
	}
	if d.State != types.DISPUTE_STATE_DECIDED {
		return tasktypes.VotingExtended{At: at, DisputeID: d.Id}, nil
	}
	return verdictEvent(d, at), nil
}

// isPaused tells that something waits until an account holds what it owes.
func isPaused(err error) bool {
	return errors.Is(err, types.ErrPayoutsPaused) || errors.Is(err, workertypes.ErrPayoutsPaused) || errors.Is(err, tasktypes.ErrPayoutsPaused)
}
