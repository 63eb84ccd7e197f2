// Package keeper draws auditors, takes what they post, and lets referees decide where they differ from a worker.
package keeper

import (
	"context"

	"github.com/cosmos/gogoproto/proto"

	"cosmossdk.io/collections"
	"cosmossdk.io/core/store"

	"github.com/cosmos/cosmos-sdk/codec"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/x/audit/types"
)

type (
	auditKey   = collections.Quad[uint64, uint32, uint32, uint32] // job, batch, epoch, index
	auditorKey = collections.Triple[[]byte, bool, auditKey]       // owner, posted, audit
)

// Keeper holds the state of x/audit. Audits, disputes, votes, referees and absences are the objects; everything else is
// an index that a genesis import builds from them.
type Keeper struct {
	authority string
	accounts  types.AccountKeeper
	bank      types.BankKeeper
	staking   types.StakingKeeper
	beacon    types.BeaconKeeper
	workers   types.WorkerKeeper
	tasks     types.TaskKeeper

	schema collections.Schema
	params collections.Item[types.Params]
	audits collections.Map[auditKey, types.Audit]
	// auditors holds the audits of each worker, those to be posted and those that are.
	auditors collections.KeySet[auditorKey]
	// draws holds the audits that wait for an auditor, drawCursor the one that had the last turn.
	draws      collections.KeySet[auditKey]
	drawCursor collections.Item[types.AuditID]
}

// NewKeeper returns a keeper over a store. Only authority may change the parameters.
func NewKeeper(
	cdc codec.BinaryCodec, storeService store.KVStoreService, accounts types.AccountKeeper, bank types.BankKeeper,
	staking types.StakingKeeper, beacon types.BeaconKeeper, workers types.WorkerKeeper, tasks types.TaskKeeper,
	authority string,
) Keeper {
	sb := collections.NewSchemaBuilder(storeService)
	audit := collections.QuadKeyCodec(
		collections.Uint64Key, collections.Uint32Key, collections.Uint32Key, collections.Uint32Key,
	)
	k := Keeper{
		authority: authority,
		accounts:  accounts,
		bank:      bank,
		staking:   staking,
		beacon:    beacon,
		workers:   workers,
		tasks:     tasks,

		params: collections.NewItem(sb, types.ParamsPrefix, "params", codec.CollValue[types.Params](cdc)),
		audits: collections.NewMap(sb, types.AuditsPrefix, "audits", audit, codec.CollValue[types.Audit](cdc)),
		auditors: collections.NewKeySet(sb, types.AuditorsPrefix, "auditors", collections.TripleKeyCodec(
			collections.BytesKey, collections.BoolKey, audit,
		)),
		draws:      collections.NewKeySet(sb, types.DrawsPrefix, "draws", audit),
		drawCursor: collections.NewItem(sb, types.DrawCursorPrefix, "draw_cursor", codec.CollValue[types.AuditID](cdc)),
	}
	schema, err := sb.Build()
	if err != nil {
		panic(err)
	}
	k.schema = schema
	return k
}

// Authority is the account that may change the parameters.
func (k Keeper) Authority() string { return k.authority }

// Params returns the current parameters.
func (k Keeper) Params(ctx context.Context) (types.Params, error) { return k.params.Get(ctx) }

// UpdateParams replaces the parameters.
func (k Keeper) UpdateParams(ctx context.Context, p types.Params) error {
	if err := p.Validate(); err != nil {
		return err
	}
	old, err := k.params.Get(ctx)
	if err != nil {
		return err
	}
	if err := k.params.Set(ctx, p); err != nil {
		return err
	}
	return emit(ctx, &types.EventParamsUpdated{Params: p, Old: old})
}

func (k Keeper) account(text string) (sdk.AccAddress, error) {
	addr, err := k.accounts.AddressCodec().StringToBytes(text)
	if err != nil {
		return nil, types.ErrInvalidAddress.Wrapf("%q: %s", text, err)
	}
	return addr, nil
}

func height(ctx context.Context) int64 { return sdk.UnwrapSDKContext(ctx).BlockHeight() }

func emit(ctx context.Context, event proto.Message) error {
	return sdk.UnwrapSDKContext(ctx).EventManager().EmitTypedEvent(event)
}
