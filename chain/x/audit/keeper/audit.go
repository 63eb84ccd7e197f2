package keeper

import (
	"context"

	"cosmossdk.io/collections"

	"github.com/dmcn/dmcn/chain/x/audit/types"
)

func keyOf(a types.Audit) auditKey { return collections.Join4(a.JobId, a.Batch, a.Epoch, a.Index) }

// addAudit stores an audit with its entries in the indexes.
func (k Keeper) addAudit(ctx context.Context, a types.Audit) error {
	if err := k.audits.Set(ctx, keyOf(a), a); err != nil {
		return err
	}
	if a.Auditor == "" {
		return nil
	}
	owner, err := k.account(a.Auditor)
	if err != nil {
		return err
	}
	return k.auditors.Set(ctx, collections.Join3([]byte(owner), a.Posted(), keyOf(a)))
}
