// Package keeper draws auditors, takes what they post, and lets referees decide where they differ from a worker.
package keeper

import (
	"context"

	"github.com/cosmos/gogoproto/proto"

	"cosmossdk.io/collections"
	"cosmossdk.io/core/store"

	"github.com/cosmos/cosmos-sdk/codec"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/internal/purse"
	"github.com/dmcn/dmcn/chain/x/audit/types"
)

type (
	voteKey    = collections.Pair[uint64, []byte]                 // dispute, validator
	placeKey   = collections.Pair[int64, uint64]                  // place, dispute
	absenceKey = collections.Pair[int64, []byte]                  // height, validator
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
	slashing  types.SlashingKeeper
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

	disputes    collections.Map[uint64, types.Dispute]
	nextDispute collections.Item[uint64]
	votes       collections.Map[voteKey, types.Vote]
	// queue holds the disputes that have no verdict, the first of which the referees vote about; openDisputes counts all.
	queue        collections.KeySet[placeKey]
	openDisputes collections.Item[uint64]
	// referees holds the referee of each validator, refereeOf the validator of each referee's account.
	referees  collections.Map[[]byte, types.Referee]
	refereeOf collections.Map[[]byte, []byte]
	absences  collections.Map[absenceKey, types.Absence]
	// deposits owes the deposits of all challenges.
	deposits purse.Purse
}

// NewKeeper returns a keeper over a store. Only authority may change the parameters.
func NewKeeper(
	cdc codec.BinaryCodec, storeService store.KVStoreService, accounts types.AccountKeeper, bank types.BankKeeper,
	staking types.StakingKeeper, slashing types.SlashingKeeper, beacon types.BeaconKeeper, workers types.WorkerKeeper,
	tasks types.TaskKeeper, authority string,
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
		slashing:  slashing,
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

		disputes:    collections.NewMap(sb, types.DisputesPrefix, "disputes", collections.Uint64Key, codec.CollValue[types.Dispute](cdc)),
		nextDispute: collections.NewItem(sb, types.NextDisputePrefix, "next_dispute", collections.Uint64Value),
		votes: collections.NewMap(sb, types.VotesPrefix, "votes", collections.PairKeyCodec(
			collections.Uint64Key, collections.BytesKey,
		), codec.CollValue[types.Vote](cdc)),
		queue: collections.NewKeySet(sb, types.DisputeQueuePrefix, "dispute_queue", collections.PairKeyCodec(
			collections.Int64Key, collections.Uint64Key,
		)),
		openDisputes: collections.NewItem(sb, types.OpenDisputesPrefix, "open_disputes", collections.Uint64Value),
		referees: collections.NewMap(
			sb, types.RefereesPrefix, "referees", collections.BytesKey, codec.CollValue[types.Referee](cdc),
		),
		refereeOf: collections.NewMap(sb, types.RefereeOfPrefix, "referee_of", collections.BytesKey, collections.BytesValue),
		absences: collections.NewMap(sb, types.AbsencesPrefix, "absences", collections.PairKeyCodec(
			collections.Int64Key, collections.BytesKey,
		), codec.CollValue[types.Absence](cdc)),
		deposits: purse.New(sb, bank, purse.Account{
			Name: types.DepositAccount, Address: accounts.GetModuleAddress(types.DepositAccount), Denom: types.Denom,
			OwedPrefix: types.DepositOwedPrefix, PausedPrefix: types.DepositPausedPrefix, ErrPaused: types.ErrPayoutsPaused,
		}),
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
