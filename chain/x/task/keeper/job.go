package keeper

import (
	"context"

	"cosmossdk.io/collections"
	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/protocol"
	"github.com/dmcn/dmcn/chain/x/task/types"
)

// SubmitJob stores a job and moves its whole escrow from its requester.
func (k Keeper) SubmitJob(ctx context.Context, requester sdk.AccAddress, msg *types.MsgSubmitJob) (types.Job, error) {
	params, err := k.params.Get(ctx)
	if err != nil {
		return types.Job{}, err
	}
	if err := msg.Spec.Validate(params, height(ctx)); err != nil {
		return types.Job{}, err
	}
	module, err := k.Module(ctx, msg.Spec.ModuleId)
	if err != nil {
		return types.Job{}, err
	}
	escrow, err := protocol.Escrow(msg.Spec.EscrowTerms(module.RoyaltyBps, params.FeeBps, params.AuditFloor))
	if err != nil {
		return types.Job{}, types.ErrInvalidJob.Wrap(err.Error())
	}
	if err := k.checkFunds(ctx, requester, escrow, msg.MaxEscrow); err != nil {
		return types.Job{}, err
	}
	id, err := k.nextJob.Get(ctx)
	if err != nil {
		return types.Job{}, err
	}
	job, err := types.NewJob(id, msg.Requester, msg.Spec, module, params, escrow, height(ctx))
	if err != nil {
		return types.Job{}, err
	}
	consumeGas(ctx, types.GasPerBatch, int(job.Batches), "batches of a job")
	if err := k.bank.SendCoinsFromAccountToModule(ctx, requester, types.EscrowAccount, coins(escrow)); err != nil {
		return types.Job{}, err
	}
	if err := k.nextJob.Set(ctx, id+1); err != nil {
		return types.Job{}, err
	}
	if err := k.addJob(ctx, requester, job); err != nil {
		return types.Job{}, err
	}
	return job, emit(ctx, &types.EventJobSubmitted{Job: job})
}

// CancelJob ends what is queued or offered, at the end of this block or, for a very large job, of the next ones.
func (k Keeper) CancelJob(ctx context.Context, requester sdk.AccAddress, id uint64) error {
	job, err := k.jobOf(ctx, requester, id)
	if err != nil {
		return err
	}
	if job.Cancelled {
		return types.ErrJobClosed.Wrapf("job %d is cancelled already", id)
	}
	job.Cancelled = true
	if err := k.setJob(ctx, job); err != nil {
		return err
	}
	if err := k.schedule(ctx, id, jobSlot, height(ctx)); err != nil {
		return err
	}
	return emit(ctx, &types.EventJobCancelled{JobId: id})
}

// ConfirmInputs lifts the bars of missing-input reports and lets a suspended job go on.
func (k Keeper) ConfirmInputs(ctx context.Context, requester sdk.AccAddress, id uint64, locators []string) error {
	job, err := k.jobOf(ctx, requester, id)
	if err != nil {
		return err
	}
	if len(locators) > 0 {
		if err := types.CheckLocators(locators); err != nil {
			return types.ErrInvalidJob.Wrap(err.Error())
		}
	}
	confirmed := job.Confirm(locators)
	if err := k.liftReportBars(ctx, id); err != nil {
		return err
	}
	if err := k.setJob(ctx, confirmed); err != nil {
		return err
	}
	if err := emitJobState(ctx, job, confirmed, "inputs_confirmed"); err != nil {
		return err
	}
	return emit(ctx, &types.EventInputsConfirmed{JobId: id, Locators: confirmed.Spec.Locators})
}

// Job returns a job, or ErrUnknownJob.
func (k Keeper) Job(ctx context.Context, id uint64) (types.Job, error) {
	job, err := k.jobs.Get(ctx, id)
	return job, orUnknown(err, types.ErrUnknownJob.Wrapf("%d", id))
}

// jobOf returns an open job of a requester.
func (k Keeper) jobOf(ctx context.Context, requester sdk.AccAddress, id uint64) (types.Job, error) {
	job, err := k.Job(ctx, id)
	if err != nil {
		return job, err
	}
	owner, err := k.account(job.Requester)
	if err != nil {
		return job, err
	}
	if !owner.Equals(requester) {
		return job, types.ErrUnauthorized.Wrapf("job %d belongs to %s", id, job.Requester)
	}
	if job.Closed() {
		return job, types.ErrJobClosed.Wrapf("job %d ended at height %d", id, job.SettledHeight)
	}
	return job, nil
}

// checkFunds refuses a job whose escrow is above what its requester allowed or has.
func (k Keeper) checkFunds(ctx context.Context, requester sdk.AccAddress, escrow, allowed math.Int) error {
	if allowed.IsNil() || allowed.LT(escrow) {
		return types.ErrUnderfunded.Wrapf("the escrow is %s udmc, max_escrow allows %s", escrow, allowed)
	}
	if has := k.bank.SpendableCoin(ctx, requester, types.Denom).Amount; has.LT(escrow) {
		return types.ErrUnderfunded.Wrapf("the escrow is %s udmc, %s has %s", escrow, requester, has)
	}
	return nil
}

// addJob stores a job that was not there before, with its indexes.
func (k Keeper) addJob(ctx context.Context, requester sdk.AccAddress, job types.Job) error {
	if err := k.requesters.Set(ctx, collections.Join([]byte(requester), job.Id)); err != nil {
		return err
	}
	if err := k.escrow.Owe(ctx, job.Remaining); err != nil {
		return err
	}
	if job.Closed() {
		if err := k.queuePruning(ctx, job); err != nil {
			return err
		}
	} else {
		if err := k.pins.Set(ctx, collections.Join(job.Spec.ModuleId, job.Id)); err != nil {
			return err
		}
		due := job.Spec.Deadline
		if job.Cancelled || job.Done() {
			due = height(ctx)
		}
		if err := k.schedule(ctx, job.Id, jobSlot, due); err != nil {
			return err
		}
	}
	return k.setJob(ctx, job)
}

// setJob stores a job and keeps its place in the draw queue, which it has while there is something to draw. A job whose
// sums do not add up is refused with ErrInvariant.
func (k Keeper) setJob(ctx context.Context, job types.Job) error {
	if err := job.CheckSums(); err != nil {
		return err
	}
	if err := k.jobs.Set(ctx, job.Id, job); err != nil {
		return err
	}
	drawable := job.State == types.JOB_STATE_OPEN && !job.Cancelled
	if drawable && job.Undrawn() == 0 {
		_, queued, err := k.firstQueued(ctx, job.Id)
		if err != nil {
			return err
		}
		drawable = queued
	}
	if drawable {
		return k.drawQueue.Set(ctx, job.Id)
	}
	return k.drawQueue.Remove(ctx, job.Id)
}

func emitJobState(ctx context.Context, old, new types.Job, cause string) error {
	if old.State == new.State {
		return nil
	}
	return emit(ctx, &types.EventJobStateChanged{JobId: old.Id, OldState: old.State, NewState: new.State, Cause: cause})
}
