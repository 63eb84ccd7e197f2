package keeper

import (
	"context"
	"errors"
	"slices"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/x/audit/types"
)

// RegisterReferee names the referee of the validator that an account operates, or replaces it.
func (k Keeper) RegisterReferee(ctx context.Context, operator sdk.AccAddress, msg *types.MsgRegisterReferee) error {
	if err := msg.Check(); err != nil {
		return err
	}
	account, err := k.account(msg.Account)
	if err != nil {
		return err
	}
	validator := sdk.ValAddress(operator)
	if _, err := k.staking.GetValidator(ctx, validator); err != nil {
		return types.ErrNotValidator.Wrapf("%s: %s", msg.Operator, err)
	}
	taken, err := k.refereeOf.Get(ctx, account)
	switch {
	case err == nil && !slices.Equal(taken, validator):
		return types.ErrRefereeTaken.Wrap(msg.Account)
	case err != nil && !errors.Is(err, collections.ErrNotFound):
		return err
	}
	name, err := k.validatorName(validator)
	if err != nil {
		return err
	}
	if err := k.RemoveReferee(ctx, validator); err != nil {
		return err
	}
	r := types.Referee{Validator: name, Account: msg.Account, EncryptionKey: msg.EncryptionKey, RegisteredHeight: height(ctx)}
	if err := k.addReferee(ctx, r); err != nil {
		return err
	}
	return emit(ctx, &types.EventRefereeRegistered{Referee: r})
}

// Referee returns the referee of a validator, or ErrUnknownReferee.
func (k Keeper) Referee(ctx context.Context, validator sdk.ValAddress) (types.Referee, error) {
	r, err := k.referees.Get(ctx, validator)
	if errors.Is(err, collections.ErrNotFound) {
		return r, types.ErrUnknownReferee.Wrapf("no referee is registered for the validator of account %X", []byte(validator))
	}
	return r, err
}

// Openers are the accounts of the referees beside bonded validators, in the order of the validators' addresses.
func (h hooks) Openers(ctx context.Context) ([]string, error) {
	validators, err := h.k.staking.GetBondedValidatorsByPower(ctx)
	if err != nil {
		return nil, err
	}
	bonded := make(map[string]bool, len(validators))
	for _, v := range validators {
		bonded[v.GetOperator()] = true
	}
	var accounts []string
	err = h.k.referees.Walk(ctx, nil, func(_ []byte, r types.Referee) (bool, error) {
		if bonded[r.Validator] {
			accounts = append(accounts, r.Account)
		}
		return false, nil
	})
	return accounts, err
}

// RemoveReferee forgets the referee of a validator, if it has one.
func (k Keeper) RemoveReferee(ctx context.Context, validator sdk.ValAddress) error {
	r, err := k.referees.Get(ctx, validator)
	if errors.Is(err, collections.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	account, err := k.account(r.Account)
	if err != nil {
		return err
	}
	return errors.Join(k.referees.Remove(ctx, validator), k.refereeOf.Remove(ctx, account))
}

func (k Keeper) addReferee(ctx context.Context, r types.Referee) error {
	validator, err := k.validator(r.Validator)
	if err != nil {
		return err
	}
	account, err := k.account(r.Account)
	if err != nil {
		return err
	}
	return errors.Join(k.referees.Set(ctx, validator, r), k.refereeOf.Set(ctx, account, validator))
}

func (k Keeper) validator(text string) (sdk.ValAddress, error) {
	addr, err := k.staking.ValidatorAddressCodec().StringToBytes(text)
	if err != nil {
		return nil, types.ErrInvalidAddress.Wrapf("%q: %s", text, err)
	}
	return addr, nil
}

func (k Keeper) validatorName(addr sdk.ValAddress) (string, error) {
	return k.staking.ValidatorAddressCodec().BytesToString(addr)
}
