package keeper

import (
	"context"
	"fmt"

	"cosmossdk.io/collections"
	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/protocol"
	"github.com/dmcn/dmcn/chain/x/audit/types"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

// barrenLimit is the number of draws in a row that have to meet nobody who could audit until an audit is given up, in a
// network too large to be seen in one draw. A share of 5 % of the bond that could is overlooked by all of them once in
// 700 times.
const barrenLimit = 8

// runDraws draws auditors for the audits that wait for one, at live heights only, as many as a block allows.
func (k Keeper) runDraws(ctx sdk.Context, params types.Params) error {
	value, live, err := k.beacon.SeedAt(ctx)
	if err != nil || !live {
		return err
	}
	seed, err := protocol.HashFromBytes(value)
	if err != nil {
		return err
	}
	slots, err := k.workers.Slots(ctx)
	if err != nil {
		return err
	}
	turns, err := k.nextDraws(ctx, int(params.DrawsPerBlock))
	if err != nil {
		return err
	}
	for _, key := range turns {
		name := fmt.Sprintf("draw of job %d batch %d epoch %d audit %d", key.K1(), key.K2(), key.K3(), key.K4())
		_ = k.attempt(ctx, name, func(ctx sdk.Context) error { return k.drawAuditor(ctx, params, seed, slots, key) })
	}
	return nil
}

// nextDraws are the audits behind the one that had the last turn, then those from the start, each at most once.
func (k Keeper) nextDraws(ctx context.Context, limit int) ([]auditKey, error) {
	cursor, err := k.drawCursor.Get(ctx)
	if err != nil {
		return nil, err
	}
	last := collections.Join4(cursor.JobId, cursor.Batch, cursor.Epoch, cursor.Index)
	var turns []auditKey
	take := func(key auditKey) (bool, error) {
		turns = append(turns, key)
		return len(turns) == limit, nil
	}
	if err := k.draws.Walk(ctx, new(collections.Range[auditKey]).StartExclusive(last), take); err != nil {
		return nil, err
	}
	if len(turns) < limit {
		if err := k.draws.Walk(ctx, new(collections.Range[auditKey]).EndInclusive(last), take); err != nil {
			return nil, err
		}
	}
	if len(turns) == 0 {
		return nil, nil
	}
	end := turns[len(turns)-1]
	return turns, k.drawCursor.Set(ctx, types.AuditID{JobId: end.K1(), Batch: end.K2(), Epoch: end.K3(), Index: end.K4()})
}

// drawAuditor draws an auditor for one place. Where nobody can audit the batch the place stays empty: that is certain
// where the draw met everyone, and assumed after enough barren draws in a row.
func (k Keeper) drawAuditor(ctx sdk.Context, params types.Params, seed protocol.Hash, slots uint64, key auditKey) error {
	a, err := k.audits.Get(ctx, key)
	if err != nil {
		return err
	}
	job, batch, err := k.tasks.Epoch(ctx, a.JobId, a.Batch, a.Epoch)
	if err != nil {
		return err
	}
	needs, err := k.needs(ctx, job, batch, a)
	if err != nil {
		return err
	}
	found, everyone, err := k.pick(ctx, params, needs, a.DrawRandom(seed), slots)
	if err != nil {
		return err
	}
	next := a
	switch {
	case found != nil:
		next.State, next.Auditor, next.BarrenDraws = types.AUDIT_STATE_DRAWN, found.Owner, 0
		next.Ask = math.MinInt(found.Ask, job.Spec.MaxPrice)
		next.DrawnHeight, next.Deadline = ctx.BlockHeight(), batch.Deadline
		return k.change(ctx, a, next, "drawn", batch.Lease.Worker)
	case everyone || a.BarrenDraws >= barrenLimit:
		next.State, next.Auditor = types.AUDIT_STATE_VACANT, ""
		if err := k.change(ctx, a, next, "nobody", batch.Lease.Worker); err != nil {
			return err
		}
		_, err := k.tasks.Apply(ctx, a.JobId, a.Batch, a.Epoch, func(at tasktypes.At) tasktypes.Event {
			return tasktypes.AuditorsMissing{At: at, Missing: 1}
		})
		return err
	}
	next.BarrenDraws++
	return k.audits.Set(ctx, key, next)
}

// needs are what the auditor of a place has to bring; whoever has, or let pass, another place of the batch is taken.
func (k Keeper) needs(ctx context.Context, job tasktypes.Job, batch tasktypes.Batch, a types.Audit) (types.Needs, error) {
	needs := types.Needs{Job: job, Worker: batch.Lease.Worker}
	audits, err := k.auditsOf(ctx, batch)
	if err != nil {
		return needs, err
	}
	for _, other := range audits {
		if other.Auditor != "" {
			needs.Taken = append(needs.Taken, other.Auditor)
		}
	}
	needs.Deposit, err = types.Deposit(job, a)
	return needs, err
}

// pick draws slots until it has met somebody who can audit or has no try left; everyone tells that the workers that it
// met hold all slots between them.
func (k Keeper) pick(
	ctx context.Context, params types.Params, needs types.Needs, random protocol.Hash, slots uint64,
) (found *workertypes.Worker, everyone bool, err error) {
	met, lots := map[string]bool{}, uint64(0)
	for try := uint32(0); slots > 0 && try < params.DrawTries; try++ {
		slot, err := protocol.Pick(random, try, slots)
		if err != nil {
			return nil, false, err
		}
		owner, err := k.workers.OwnerAt(ctx, slot)
		if err != nil {
			return nil, false, err
		}
		if met[string(owner)] {
			continue
		}
		met[string(owner)] = true
		worker, err := k.workers.Get(ctx, owner)
		if err != nil {
			return nil, false, err
		}
		lots += worker.Lots
		if !needs.MetBy(worker) {
			continue
		}
		busy, err := k.busy(ctx, params, owner)
		if err != nil || !busy {
			return &worker, false, err
		}
	}
	return nil, lots == slots, nil
}

// busy tells that a worker has as many audits to post as it can be drawn for at once.
func (k Keeper) busy(ctx context.Context, params types.Params, owner sdk.AccAddress) (bool, error) {
	count := uint32(0)
	within := collections.NewSuperPrefixedTripleRange[[]byte, bool, auditKey](owner, false)
	err := k.auditors.Walk(ctx, within, func(auditorKey) (bool, error) {
		count++
		return count >= params.MaxOpenAudits, nil
	})
	return count >= params.MaxOpenAudits, err
}
