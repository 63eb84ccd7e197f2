package keeper

import (
	"context"

	"github.com/dmcn/dmcn/chain/x/audit/types"
)

// CheckInvariants returns ErrInvariant for the first of the module's invariants that does not hold. It walks over the
// whole state.
func (k Keeper) CheckInvariants(ctx context.Context) error { return k.CheckAuditors(ctx) }

// CheckAuditors checks that the index of auditors has the audits, and nothing else.
func (k Keeper) CheckAuditors(ctx context.Context) error {
	drawn := 0
	err := k.audits.Walk(ctx, nil, func(_ auditKey, a types.Audit) (bool, error) {
		if a.Auditor != "" {
			drawn++
		}
		return false, nil
	})
	if err != nil {
		return err
	}
	entries := 0
	err = k.auditors.Walk(ctx, nil, func(key auditorKey) (bool, error) {
		entries++
		a, err := k.audits.Get(ctx, key.K3())
		if err != nil {
			return true, err
		}
		owner, err := k.account(a.Auditor)
		if err == nil && (string(owner) != string(key.K1()) || a.Posted() != key.K2()) {
			err = types.ErrInvariant.Wrapf("%s is indexed for another auditor", a.Label())
		}
		return err != nil, err
	})
	if err == nil && entries != drawn {
		err = types.ErrInvariant.Wrapf("%d entries for %d audits with an auditor", entries, drawn)
	}
	return err
}
