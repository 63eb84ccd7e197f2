package keeper

import (
	"cmp"
	"context"
	"slices"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/protocol"
	"github.com/dmcn/dmcn/chain/x/audit/types"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
)

// Compare marks the posted audits as matched or differed, and returns the leaves that are disputed: those that an audit
// differs from.
func (h hooks) Compare(
	ctx context.Context, _ tasktypes.Job, batch tasktypes.Batch, opened []tasktypes.Leaf,
) ([]tasktypes.Leaf, error) {
	leaves := make(map[uint32]tasktypes.Leaf, len(opened))
	for _, l := range opened {
		leaves[l.Unit] = l
	}
	audits, err := h.k.auditsOf(ctx, batch)
	if err != nil {
		return nil, err
	}
	for _, a := range audits {
		sdk.UnwrapSDKContext(ctx).GasMeter().ConsumeGas(tasktypes.GasPerSample*uint64(len(a.Units)), "samples of an opening")
	}
	disputed := map[uint32]bool{}
	for _, a := range audits {
		if a.State != types.AUDIT_STATE_POSTED {
			continue
		}
		differing, err := h.k.compare(ctx, batch, a, leaves)
		if err != nil {
			return nil, err
		}
		for _, unit := range differing {
			disputed[unit] = true
		}
	}
	var found []tasktypes.Leaf
	for unit := range disputed {
		found = append(found, leaves[unit])
	}
	slices.SortFunc(found, func(a, b tasktypes.Leaf) int { return cmp.Compare(a.Unit, b.Unit) })
	return found, nil
}

// compare marks one audit and returns the units that differ.
func (k Keeper) compare(
	ctx context.Context, batch tasktypes.Batch, a types.Audit, leaves map[uint32]tasktypes.Leaf,
) ([]uint32, error) {
	owner, err := k.account(a.Auditor)
	if err != nil {
		return nil, err
	}
	auditor, err := protocol.AccountFromBytes(owner)
	if err != nil {
		return nil, err
	}
	next := a
	if next.Differing, next.Gas, err = a.CompareWith(auditor, leaves); err != nil {
		return nil, err
	}
	cause := "matched"
	next.State = types.AUDIT_STATE_MATCHED
	if len(next.Differing) > 0 {
		next.State, cause = types.AUDIT_STATE_DIFFERED, "differed"
	}
	return next.Differing, k.change(ctx, a, next, cause, batch.Lease.Worker)
}
