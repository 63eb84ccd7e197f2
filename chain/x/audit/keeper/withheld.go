package keeper

import (
	"context"

	"cosmossdk.io/math"

	"github.com/dmcn/dmcn/chain/x/audit/types"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

// forfeitWithheld slashes the bond of a selected epoch that was never opened. The prover's part goes to the auditors that posted, in
// equal parts, so that none of them does better by posting what the worker wants; the rest is burned.
func (k Keeper) forfeitWithheld(ctx context.Context, batch tasktypes.Batch, amount math.Int) error {
	if !amount.IsPositive() {
		return nil
	}
	audits, err := k.auditsOf(ctx, batch)
	if err != nil {
		return err
	}
	claims := workertypes.Claims{RequesterCap: math.ZeroInt()}
	for _, a := range audits {
		if a.State == types.AUDIT_STATE_POSTED {
			claims.Provers = append(claims.Provers, a.Auditor)
		}
	}
	params, err := k.workers.Params(ctx)
	if err != nil {
		return err
	}
	_, err = k.workers.Forfeit(ctx, workertypes.Loss{
		Kind: workertypes.SLASH_KIND_WITHHELD, Owner: batch.Lease.Worker, Amount: amount,
		Ref:    refOfBatch(batch),
		Shares: params.LockShares(amount, claims),
	})
	return err
}
