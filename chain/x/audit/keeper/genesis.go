package keeper

import (
	"context"

	"github.com/dmcn/dmcn/chain/x/audit/types"
)

// InitGenesis stores the objects of a genesis and builds the indexes from them.
func (k Keeper) InitGenesis(ctx context.Context, g types.GenesisState) error {
	// a transfer to an address that is nobody's yet would make it an account of another kind
	k.accounts.GetModuleAccount(ctx, types.DepositAccount)
	if err := k.params.Set(ctx, g.Params); err != nil {
		return err
	}
	if err := k.drawCursor.Set(ctx, g.DrawCursor); err != nil {
		return err
	}
	for _, a := range g.Audits {
		if err := k.addAudit(ctx, a); err != nil {
			return err
		}
	}
	if err := k.initDisputes(ctx, g); err != nil {
		return err
	}
	return k.CheckInvariants(ctx)
}

// ExportGenesis returns the objects.
func (k Keeper) ExportGenesis(ctx context.Context) (*types.GenesisState, error) {
	params, err := k.params.Get(ctx)
	if err != nil {
		return nil, err
	}
	g := types.NewGenesis(params)
	if g.DrawCursor, err = k.drawCursor.Get(ctx); err != nil {
		return nil, err
	}
	err = k.audits.Walk(ctx, nil, func(_ auditKey, a types.Audit) (bool, error) {
		g.Audits = append(g.Audits, a)
		return false, nil
	})
	if err != nil {
		return nil, err
	}
	return g, k.exportDisputes(ctx, g)
}
