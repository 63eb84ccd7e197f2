package keeper

import (
	"context"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/x/task/types"
)

// StoreModule stores a gzipped task module against a deposit for its raw bytes and returns its id.
func (k Keeper) StoreModule(ctx context.Context, msg *types.MsgStoreModule) ([]byte, error) {
	if err := types.CheckModuleTerms(msg.RoyaltyBps, msg.Name); err != nil {
		return nil, err
	}
	raw, err := types.Inflate(msg.Code)
	if err != nil {
		return nil, err
	}
	consumeGas(ctx, types.GasPerModuleByte, len(raw), "task module")
	id := types.ModuleID(raw)
	if exists, err := k.modules.Has(ctx, id); err != nil || exists {
		if err == nil {
			err = types.ErrModuleExists.Wrapf("%x", id)
		}
		return nil, err
	}
	params, err := k.params.Get(ctx)
	if err != nil {
		return nil, err
	}
	module := types.Module{
		Id:         id,
		Author:     msg.Author,
		Size_:      uint32(len(raw)),
		RoyaltyBps: msg.RoyaltyBps,
		Deposit:    params.ModuleDepositPerByte.MulRaw(int64(len(raw))),
		Height:     height(ctx),
		Name:       msg.Name,
	}
	if err := k.takeDeposit(ctx, msg.Author, module.Deposit); err != nil {
		return nil, err
	}
	if err := k.deposits.Owe(ctx, module.Deposit); err != nil {
		return nil, err
	}
	if err := k.modules.Set(ctx, id, module); err != nil {
		return nil, err
	}
	if err := k.code.Set(ctx, id, msg.Code); err != nil {
		return nil, err
	}
	return id, emit(ctx, &types.EventModuleStored{Module: module})
}

// RemoveModule removes a module that no open job uses and returns its deposit to its author.
func (k Keeper) RemoveModule(ctx context.Context, author sdk.AccAddress, id []byte) error {
	module, err := k.Module(ctx, id)
	if err != nil {
		return err
	}
	owner, err := k.account(module.Author)
	if err != nil {
		return err
	}
	if !owner.Equals(author) {
		return types.ErrUnauthorized.Wrapf("module %x belongs to %s", id, module.Author)
	}
	pin, pinned, err := first(ctx, k.pins, collections.NewPrefixedPairRange[[]byte, uint64](id))
	if err != nil {
		return err
	}
	if pinned {
		return types.ErrModuleInUse.Wrapf("job %d uses module %x", pin.K2(), id)
	}
	if err := k.modules.Remove(ctx, id); err != nil {
		return err
	}
	if err := k.code.Remove(ctx, id); err != nil {
		return err
	}
	if err := k.deposits.Owe(ctx, module.Deposit.Neg()); err != nil {
		return err
	}
	if err := k.giveDeposit(ctx, module.Author, module.Deposit); err != nil {
		return err
	}
	return emit(ctx, &types.EventModuleRemoved{ModuleId: id, Author: module.Author})
}

// Module returns a module without its code, or ErrUnknownModule.
func (k Keeper) Module(ctx context.Context, id []byte) (types.Module, error) {
	module, err := k.modules.Get(ctx, id)
	return module, orUnknown(err, types.ErrUnknownModule.Wrapf("%x", id))
}
