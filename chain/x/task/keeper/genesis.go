package keeper

import (
	"context"

	"cosmossdk.io/collections"

	"github.com/dmcn/dmcn/chain/x/task/types"
)

// InitGenesis stores the objects of a genesis and builds everything else from them: pins, requesters, holders, the queues
// of draws, deadlines and pruning, and what the accounts owe, which they must hold.
func (k Keeper) InitGenesis(ctx context.Context, g types.GenesisState) error {
	// a transfer to an address that is nobody's yet would make it an account of another kind
	for _, account := range []string{types.EscrowAccount, types.DepositAccount} {
		k.accounts.GetModuleAccount(ctx, account)
	}
	if err := k.params.Set(ctx, g.Params); err != nil {
		return err
	}
	if err := k.nextJob.Set(ctx, g.NextJobId); err != nil {
		return err
	}
	if err := k.drawCursor.Set(ctx, g.DrawCursor); err != nil {
		return err
	}
	if err := k.coinPass.Set(ctx, g.CoinPass); err != nil {
		return err
	}
	for _, b := range g.Withheld {
		if err := k.setWithheld(ctx, b); err != nil {
			return err
		}
	}
	for _, m := range g.Modules {
		if err := k.modules.Set(ctx, m.Module.Id, m.Module); err != nil {
			return err
		}
		if err := k.code.Set(ctx, m.Module.Id, m.Code); err != nil {
			return err
		}
		if err := k.deposits.Owe(ctx, m.Module.Deposit); err != nil {
			return err
		}
	}
	for _, b := range g.Bars {
		owner, err := k.account(b.Owner)
		if err != nil {
			return err
		}
		if err := k.bars.Set(ctx, collections.Join3(b.JobId, []byte(owner), b.Lapse)); err != nil {
			return err
		}
	}
	// batches come before their jobs, which look for queued ones
	for _, b := range g.Batches {
		if err := k.addBatch(ctx, b); err != nil {
			return err
		}
	}
	for _, j := range g.Jobs {
		requester, err := k.account(j.Requester)
		if err != nil {
			return err
		}
		if err := k.addJob(ctx, requester, j); err != nil {
			return err
		}
	}
	return k.CheckInvariants(ctx)
}

// ExportGenesis returns the objects. After an import every entry of the deadline queue is at its object's own deadline
// again, and that of a job that is cancelled or done at the first block: what was put off or is over is looked at anew.
func (k Keeper) ExportGenesis(ctx context.Context) (*types.GenesisState, error) {
	var g types.GenesisState
	var err error
	if g.Params, err = k.params.Get(ctx); err != nil {
		return nil, err
	}
	if g.NextJobId, err = k.nextJob.Get(ctx); err != nil {
		return nil, err
	}
	if g.DrawCursor, err = k.drawCursor.Get(ctx); err != nil {
		return nil, err
	}
	if g.CoinPass, err = k.coinPass.Get(ctx); err != nil {
		return nil, err
	}
	err = k.withheld.Walk(ctx, nil, func(_ withheldKey, b types.Batch) (bool, error) {
		g.Withheld = append(g.Withheld, b)
		return false, nil
	})
	if err != nil {
		return nil, err
	}
	err = k.modules.Walk(ctx, nil, func(id []byte, m types.Module) (bool, error) {
		code, err := k.code.Get(ctx, id)
		g.Modules = append(g.Modules, types.StoredModule{Module: m, Code: code})
		return false, err
	})
	if err != nil {
		return nil, err
	}
	err = k.jobs.Walk(ctx, nil, func(_ uint64, j types.Job) (bool, error) {
		g.Jobs = append(g.Jobs, j)
		return false, nil
	})
	if err != nil {
		return nil, err
	}
	err = k.batches.Walk(ctx, nil, func(_ batchKey, b types.Batch) (bool, error) {
		g.Batches = append(g.Batches, b)
		return false, nil
	})
	if err != nil {
		return nil, err
	}
	err = k.bars.Walk(ctx, nil, func(key barKey) (bool, error) {
		owner, err := k.accounts.AddressCodec().BytesToString(key.K2())
		g.Bars = append(g.Bars, types.Bar{JobId: key.K1(), Owner: owner, Lapse: key.K3()})
		return false, err
	})
	return &g, err
}
