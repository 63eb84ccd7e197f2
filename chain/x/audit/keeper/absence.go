package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"
	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/dmcn/dmcn/chain/protocol"
	"github.com/dmcn/dmcn/chain/x/audit/types"
)

// recordAbsent jails the validators that did not reveal a vote in a dispute in which more than 2/3 of the power did, as for signing no
// blocks, but never more than absence_bps of the power in absence_window blocks. Nobody is slashed.
func (k Keeper) recordAbsent(ctx context.Context, params types.Params, d types.Dispute, votes []types.Vote) error {
	if !d.WellAttended() {
		return nil
	}
	jailed, err := k.recentAbsence(ctx, params)
	if err != nil {
		return err
	}
	limit := math.NewInt(d.TotalPower).MulRaw(int64(params.AbsenceBps)).QuoRaw(protocol.BasisPoints)
	for _, v := range votes {
		if v.Leaf != nil {
			continue
		}
		is := false
		if jailed.AddRaw(v.Power).LTE(limit) {
			if is, err = k.jail(sdk.UnwrapSDKContext(ctx), v); err != nil {
				return err
			}
		}
		if is {
			jailed = jailed.AddRaw(v.Power)
		}
		event := types.EventValidatorAbsent{DisputeId: d.Id, Validator: v.Validator, Power: v.Power, Jailed: is}
		if err := emit(ctx, &event); err != nil {
			return err
		}
	}
	return nil
}

// recentAbsence is the power that was jailed for absence in the window, and forgets what was before it.
func (k Keeper) recentAbsence(ctx context.Context, params types.Params) (math.Int, error) {
	sum, start := math.ZeroInt(), height(ctx)-params.AbsenceWindow+1
	before := new(collections.Range[absenceKey]).EndExclusive(collections.Join(start, []byte{}))
	if err := k.absences.Clear(ctx, before); err != nil {
		return sum, err
	}
	err := k.absences.Walk(ctx, nil, func(_ absenceKey, a types.Absence) (bool, error) {
		sum = sum.AddRaw(a.Power)
		return false, nil
	})
	return sum, err
}

// jail jails a validator, unless it has left or is jailed already, and records it.
func (k Keeper) jail(ctx sdk.Context, v types.Vote) (bool, error) {
	operator, err := k.validator(v.Validator)
	if err != nil {
		return false, err
	}
	validator, err := k.staking.GetValidator(ctx, operator)
	gone := errors.Is(err, stakingtypes.ErrNoValidatorFound)
	if err != nil && !gone {
		return false, err
	}
	if gone || validator.IsJailed() || !validator.IsBonded() {
		return false, nil
	}
	failure := k.attempt(ctx, "jail of "+v.Validator, func(ctx sdk.Context) error {
		address, err := validator.GetConsAddr()
		if err != nil {
			return err
		}
		term, err := k.slashing.DowntimeJailDuration(ctx)
		if err != nil {
			return err
		}
		if err := k.slashing.Jail(ctx, address); err != nil {
			return err
		}
		return k.slashing.JailUntil(ctx, address, ctx.BlockTime().Add(term))
	})
	if failure != nil {
		return false, nil
	}
	absence := types.Absence{Height: ctx.BlockHeight(), Validator: v.Validator, Power: v.Power}
	return true, k.absences.Set(ctx, collections.Join(absence.Height, []byte(operator)), absence)
}
