package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"
	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/x/audit/types"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
)

// Dispute returns a dispute, or ErrUnknownDispute.
func (k Keeper) Dispute(ctx context.Context, id uint64) (types.Dispute, error) {
	d, err := k.disputes.Get(ctx, id)
	if errors.Is(err, collections.ErrNotFound) {
		return d, types.ErrUnknownDispute.Wrapf("%d: it never was, or is decided", id)
	}
	return d, err
}

// openDispute stores a new dispute about a unit whose input is in this block, and returns it with its id.
func (k Keeper) openDispute(ctx context.Context, d types.Dispute) (types.Dispute, error) {
	id, err := k.nextDispute.Get(ctx)
	if err != nil {
		return d, err
	}
	if err := k.nextDispute.Set(ctx, id+1); err != nil {
		return d, err
	}
	d.Id, d.State, d.PostedHeight = id, types.DISPUTE_STATE_QUEUED, height(ctx)
	if err := k.addDispute(ctx, d); err != nil {
		return d, err
	}
	return d, emit(ctx, &types.EventDisputeOpened{Dispute: d})
}

// addDispute stores a dispute with its place in the queue and its deposit in the books.
func (k Keeper) addDispute(ctx context.Context, d types.Dispute) error {
	if err := k.disputes.Set(ctx, d.Id, d); err != nil {
		return err
	}
	if d.State != types.DISPUTE_STATE_DECIDED {
		if err := k.queue.Set(ctx, collections.Join(d.Place(), d.Id)); err != nil {
			return err
		}
	}
	return errors.Join(k.countDisputes(ctx, 1), k.deposits.Owe(ctx, d.Deposit))
}

// changeDispute stores a dispute that differs from the stored one, moves it in the queue, and tells it where its state or
// its time changed.
func (k Keeper) changeDispute(ctx context.Context, old, next types.Dispute, cause string) error {
	if err := k.disputes.Set(ctx, next.Id, next); err != nil {
		return err
	}
	if err := k.queue.Remove(ctx, collections.Join(old.Place(), old.Id)); err != nil {
		return err
	}
	if next.State != types.DISPUTE_STATE_DECIDED {
		if err := k.queue.Set(ctx, collections.Join(next.Place(), next.Id)); err != nil {
			return err
		}
	}
	return emit(ctx, &types.EventDisputeStateChanged{Dispute: next, OldState: old.State, Cause: cause})
}

// dropDispute forgets a dispute that is over, with its votes. Whoever calls moves its deposit.
func (k Keeper) dropDispute(ctx context.Context, d types.Dispute) error {
	if err := k.disputes.Remove(ctx, d.Id); err != nil {
		return err
	}
	if err := k.queue.Remove(ctx, collections.Join(d.Place(), d.Id)); err != nil {
		return err
	}
	if err := k.votes.Clear(ctx, collections.NewPrefixedPairRange[uint64, []byte](d.Id)); err != nil {
		return err
	}
	return errors.Join(k.countDisputes(ctx, -1), k.deposits.Owe(ctx, d.Deposit.Neg()))
}

func (k Keeper) countDisputes(ctx context.Context, more int) error {
	open, err := k.open(ctx)
	if err != nil {
		return err
	}
	return k.openDisputes.Set(ctx, open+uint64(more))
}

// open is the number of disputes.
func (k Keeper) open(ctx context.Context) (uint64, error) {
	open, err := k.openDisputes.Get(ctx)
	if errors.Is(err, collections.ErrNotFound) {
		return 0, nil
	}
	return open, err
}

// votesOf are the powers that were snapshotted for a dispute, with what was voted.
func (k Keeper) votesOf(ctx context.Context, id uint64) ([]types.Vote, error) {
	iterator, err := k.votes.Iterate(ctx, collections.NewPrefixedPairRange[uint64, []byte](id))
	if err != nil {
		return nil, err
	}
	return iterator.Values()
}

// queueDispute lets a dispute wait for the referees: its batch waits for nothing else.
func (k Keeper) queueDispute(ctx context.Context, id uint64) error {
	d, err := k.Dispute(ctx, id)
	if err != nil {
		return err
	}
	queued := d
	queued.QueuedHeight = height(ctx)
	return k.changeDispute(ctx, d, queued, "queued")
}

// takeDeposit moves a challenge's deposit to the module's account.
func (k Keeper) takeDeposit(ctx context.Context, from sdk.AccAddress, amount math.Int) error {
	return k.bank.SendCoinsFromAccountToModule(ctx, from, types.DepositAccount, sdk.NewCoins(sdk.NewCoin(types.Denom, amount)))
}

// returnDeposit gives a challenge's deposit back.
func (k Keeper) returnDeposit(ctx context.Context, d types.Dispute) error {
	if !d.Deposit.IsPositive() {
		return nil
	}
	if err := k.deposits.MayPay(ctx); err != nil {
		return err
	}
	to, err := k.account(d.Poster)
	if err != nil {
		return err
	}
	back := sdk.NewCoins(sdk.NewCoin(types.Denom, d.Deposit))
	if err := k.bank.SendCoinsFromModuleToAccount(ctx, types.DepositAccount, to, back); err != nil {
		return err
	}
	return emit(ctx, &types.EventChallengeReturned{DisputeId: d.Id, Challenger: d.Poster, Deposit: d.Deposit.String()})
}

// applyTo moves the batch of a dispute by an event.
func (k Keeper) applyTo(ctx context.Context, d types.Dispute, event func(tasktypes.At) tasktypes.Event) error {
	_, err := k.tasks.Apply(ctx, d.JobId, d.Batch, d.Epoch, event)
	return err
}
