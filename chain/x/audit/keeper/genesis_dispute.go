package keeper

import (
	"context"

	"cosmossdk.io/collections"

	"github.com/dmcn/dmcn/chain/x/audit/types"
)

func (k Keeper) initDisputes(ctx context.Context, g types.GenesisState) error {
	if err := k.nextDispute.Set(ctx, g.NextDisputeId); err != nil {
		return err
	}
	for _, d := range g.Disputes {
		if err := k.addDispute(ctx, d); err != nil {
			return err
		}
	}
	for _, v := range g.Votes {
		validator, err := k.validator(v.Validator)
		if err != nil {
			return err
		}
		if err := k.votes.Set(ctx, collections.Join(v.DisputeId, []byte(validator)), v); err != nil {
			return err
		}
	}
	for _, r := range g.Referees {
		if err := k.addReferee(ctx, r); err != nil {
			return err
		}
	}
	for _, a := range g.Absences {
		validator, err := k.validator(a.Validator)
		if err != nil {
			return err
		}
		if err := k.absences.Set(ctx, collections.Join(a.Height, []byte(validator)), a); err != nil {
			return err
		}
	}
	return nil
}

func (k Keeper) exportDisputes(ctx context.Context, g *types.GenesisState) (err error) {
	if g.NextDisputeId, err = k.nextDispute.Get(ctx); err != nil {
		return err
	}
	if g.Disputes, err = valuesOf(ctx, k.disputes); err != nil {
		return err
	}
	if g.Votes, err = valuesOf(ctx, k.votes); err != nil {
		return err
	}
	if g.Referees, err = valuesOf(ctx, k.referees); err != nil {
		return err
	}
	g.Absences, err = valuesOf(ctx, k.absences)
	return err
}

func valuesOf[K, V any](ctx context.Context, m collections.Map[K, V]) (values []V, err error) {
	err = m.Walk(ctx, nil, func(_ K, v V) (bool, error) {
		values = append(values, v)
		return false, nil
	})
	return values, err
}
