package keeper

import (
	"context"
	"slices"

	"cosmossdk.io/collections"
	"cosmossdk.io/math"

	"github.com/dmcn/dmcn/chain/x/audit/types"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
)

// CheckDeposits is invariant 1 for the deposits of challenges: the account holds at least their sum.
func (k Keeper) CheckDeposits(ctx context.Context) error {
	state, err := k.deposits.State(ctx)
	if err == nil && state.Short() {
		err = types.ErrInvariant.Wrapf("%s holds %s udmc and owes %s", types.DepositAccount, state.Held, state.Owed)
	}
	return err
}

// CheckOwed compares the running total of what the account owes with the disputes.
func (k Keeper) CheckOwed(ctx context.Context) error {
	sum := math.ZeroInt()
	err := k.disputes.Walk(ctx, nil, func(_ uint64, d types.Dispute) (bool, error) {
		sum = sum.Add(d.Deposit)
		return false, nil
	})
	if err != nil {
		return err
	}
	state, err := k.deposits.State(ctx)
	if err == nil && !state.Owed.Equal(sum) {
		err = types.ErrInvariant.Wrapf("%s owes %s udmc and its total says %s", types.DepositAccount, sum, state.Owed)
	}
	return err
}

// CheckDisputes checks that each dispute is about a unit that its batch waits for: one that is queued or voted about is the one that the
// batch is Voting about. And that the queue has the disputes without a verdict, and nothing else.
func (k Keeper) CheckDisputes(ctx context.Context) error {
	open, undecided, started := uint64(0), 0, 0
	err := k.disputes.Walk(ctx, nil, func(_ uint64, d types.Dispute) (bool, error) {
		open++
		if d.State != types.DISPUTE_STATE_DECIDED {
			undecided++
			if in, err := k.queue.Has(ctx, collections.Join(d.Place(), d.Id)); err != nil || !in {
				return true, types.ErrInvariant.Wrapf("%s is not in its place in the queue, %v", d.Label(), err)
			}
		}
		if d.Started() && d.State != types.DISPUTE_STATE_DECIDED {
			started++
		}
		err := k.checkDispute(ctx, d)
		return err != nil, err
	})
	if err != nil {
		return err
	}
	entries := 0
	err = k.queue.Walk(ctx, nil, func(placeKey) (bool, error) {
		entries++
		return false, nil
	})
	if err != nil {
		return err
	}
	counted, err := k.open(ctx)
	if err == nil && (entries != undecided || counted != open || started > 1) {
		err = types.ErrInvariant.Wrapf("%d disputes, %d counted, %d without a verdict, %d in the queue, %d voted about", open, counted,
			undecided, entries, started)
	}
	return err
}

func (k Keeper) checkDispute(ctx context.Context, d types.Dispute) error {
	_, batch, err := k.tasks.Epoch(ctx, d.JobId, d.Batch, d.Epoch)
	if err != nil {
		return types.ErrInvariant.Wrapf("%s is of no open epoch: %s", d.Label(), err)
	}
	at := slices.IndexFunc(batch.Disputes, func(u tasktypes.DisputedUnit) bool { return u.DisputeId == d.Id })
	switch {
	case at < 0 || !types.SameLeaf(batch.Disputes[at].Leaf, d.Leaf):
		return types.ErrInvariant.Wrapf("%s waits for no %s", batch.Label(), d.Label())
	case (d.QueuedHeight != 0) != (at == 0 && batch.State == tasktypes.BATCH_STATE_VOTING):
		return types.ErrInvariant.Wrapf("%s is %s and its number %d: %s", batch.Label(), batch.State.Short(), at, d.Label())
	case batch.Disputes[at].Started != d.Started() || batch.Disputes[at].Extended != d.Extended:
		return types.ErrInvariant.Wrapf("%s and %s do not agree whether it started and was extended", batch.Label(), d.Label())
	case d.Started() && batch.Deadline != d.Deadline:
		return types.ErrInvariant.Wrapf("%s ends at height %d, %s at %d", batch.Label(), batch.Deadline, d.Label(), d.Deadline)
	}
	return nil
}

// CheckReferees checks that the index of referees' accounts has the referees, and nothing else.
func (k Keeper) CheckReferees(ctx context.Context) error {
	referees, entries := 0, 0
	err := k.referees.Walk(ctx, nil, func(validator []byte, r types.Referee) (bool, error) {
		referees++
		account, err := k.account(r.Account)
		if err != nil {
			return true, err
		}
		indexed, err := k.refereeOf.Get(ctx, account)
		if err != nil || !slices.Equal(indexed, validator) {
			return true, types.ErrInvariant.Wrapf("account %s is indexed for another validator than %s", r.Account, r.Validator)
		}
		return false, nil
	})
	if err != nil {
		return err
	}
	err = k.refereeOf.Walk(ctx, nil, func([]byte, []byte) (bool, error) {
		entries++
		return false, nil
	})
	if err == nil && entries != referees {
		err = types.ErrInvariant.Wrapf("%d accounts of %d referees", entries, referees)
	}
	return err
}

// CheckVotes checks that the votes of a dispute make up its powers, and that there are no others.
func (k Keeper) CheckVotes(ctx context.Context) error {
	g := types.GenesisState{}
	if err := k.exportDisputes(ctx, &g); err != nil {
		return err
	}
	if err := g.CheckDisputes(); err != nil {
		return types.ErrInvariant.Wrap(err.Error())
	}
	return nil
}
