package keeper_test

import (
	"testing"

	"github.com/cosmos/gogoproto/proto"
	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"

	"github.com/dmcn/dmcn/chain/x/worker/keeper"
	"github.com/dmcn/dmcn/chain/x/worker/types"
)

const hold, jail = 86_400, 100_800

var slashRef = types.BatchRef{JobID: 7, Batch: 2, Epoch: 1}

// holding is what waits in slash_hold.
func (f *fixture) holding() int64 { return f.balance(authtypes.NewModuleAddress(types.HoldAccount)) }

func (f *fixture) supply() int64 { return f.bank.GetSupply(f.ctx, types.BondDenom).Amount.Int64() }

// loss is what an owner loses of its lock, with shares of nobody.
func (f *fixture) loss(owner sdk.AccAddress, kind types.SlashKind, amount int64, shares ...types.SlashShare) types.Loss {
	return types.Loss{Kind: kind, Owner: bech32Text(owner), Amount: math.NewInt(amount), Ref: slashRef, Shares: shares}
}

// forfeit locks an amount of an owner's bond and slashes it.
func (f *fixture) forfeit(owner sdk.AccAddress, kind types.SlashKind, amount int64, shares ...types.SlashShare) uint64 {
	f.Helper()
	w := f.get(owner)
	w.Locked = w.Locked.AddRaw(amount)
	require.NoError(f, f.PutWorker(f.ctx, owner, w))
	id, err := f.Forfeit(f.ctx, f.loss(owner, kind, amount, shares...))
	require.NoError(f, err)
	require.NoError(f, f.CheckInvariants(f.ctx))
	return id
}

func shareOf(to sdk.AccAddress, role types.SlashRole, amount int64) types.SlashShare {
	return types.SlashShare{Recipient: bech32Text(to), Role: role, Amount: math.NewInt(amount)}
}

func (f *fixture) endBlock(height int64) {
	f.Helper()
	f.at(height)
	require.NoError(f, f.EndBlock(f.ctx))
	require.NoError(f, f.CheckInvariants(f.ctx))
}

// TestSlashIsHeldThenSplit follows every coin of a forfeited lock.
func TestSlashIsHeldThenSplit(t *testing.T) {
	f := newFixture(t)
	owner, prover, requester := f.worker(1, 10*lot), account(2), account(3)
	f.at(10)
	supply := f.supply()
	shares := []types.SlashShare{shareOf(prover, types.SLASH_ROLE_PROVER, 900), shareOf(requester, types.SLASH_ROLE_REQUESTER, 600)}
	f.forfeit(owner, types.SLASH_KIND_LEAF, 3*lot, shares...)

	require.EqualValues(t, 7*lot, f.bonded())
	require.EqualValues(t, 3*lot, f.holding())
	w := f.get(owner)
	require.EqualValues(t, 7*lot, w.Bond.Int64())
	require.True(t, w.Locked.IsZero())
	require.Equal(t, types.WORKER_STATUS_JAILED, w.Status)
	require.EqualValues(t, 10+jail, w.JailUntil)
	slash := types.Slash{
		Id: 1, Kind: types.SLASH_KIND_LEAF, Owner: w.Owner, Amount: math.NewInt(3 * lot), JobId: 7, Batch: 2, Epoch: 1,
		Height: 10, ReleaseHeight: 10 + hold, Shares: shares, Before: &types.SlashRecord{Status: types.WORKER_STATUS_ACTIVE},
	}
	require.Equal(t, []proto.Message{
		&types.EventWorkerStatusChanged{
			Owner: w.Owner, OldStatus: types.WORKER_STATUS_ACTIVE, NewStatus: types.WORKER_STATUS_JAILED, Cause: "slash", JailUntil: 10 + jail,
		},
		&types.EventBondChanged{
			Owner: w.Owner, OldBond: "10000", NewBond: "7000", OldLocked: "3000", NewLocked: "0", Cause: "slash",
		},
		&types.EventStandingChanged{Owner: w.Owner, NewFrauds: 1, Cause: "slash", JobId: 7, Batch: 2, Epoch: 1},
		&types.EventSlashHeld{Slash: slash},
	}, f.events())

	f.endBlock(10 + hold - 1)
	require.EqualValues(t, 3*lot, f.holding(), "governance still has time")
	f.endBlock(10 + hold)
	require.Zero(t, f.holding())
	require.EqualValues(t, 900, f.balance(prover))
	require.EqualValues(t, 600, f.balance(requester))
	require.EqualValues(t, supply-1_500, f.supply())
	require.Equal(t, []proto.Message{&types.EventSlashReleased{Slash: slash, Burned: "1500"}}, f.events())
	_, err := f.Slash(f.ctx, 1)
	require.ErrorIs(t, err, types.ErrUnknownSlash)
	require.ErrorIs(t, f.ReverseSlash(f.ctx, 1), types.ErrUnknownSlash, "what was released cannot be reversed")
}

func TestJailEndsAndASecondFraudTombstones(t *testing.T) {
	f := newFixture(t)
	owner := f.worker(1, 10*lot)
	f.at(10)
	f.forfeit(owner, types.SLASH_KIND_LEAF, lot)
	require.Empty(t, f.slotOwners(), "a jailed worker is not drawn")
	require.ErrorIs(t, f.Resume(f.ctx, owner, owner), types.ErrJailed)
	require.ErrorIs(t, f.Pause(f.ctx, owner, owner), types.ErrJailed)
	require.ErrorIs(t, f.LockDeposit(f.ctx, owner, math.OneInt()), types.ErrJailed)
	require.NoError(t, f.Withdraw(f.ctx, owner, math.NewInt(lot)), "free bond can be withdrawn at any time")

	f.at(10 + jail)
	require.NoError(t, f.Resume(f.ctx, owner, owner))
	require.Len(t, f.slotOwners(), 8)
	f.forfeit(owner, types.SLASH_KIND_AUDIT, lot)
	require.Equal(t, types.WORKER_STATUS_TOMBSTONED, f.get(owner).Status)
	f.at(10 + 3*jail)
	require.ErrorIs(t, f.Resume(f.ctx, owner, owner), types.ErrJailed)
	require.NoError(t, f.Withdraw(f.ctx, owner, math.NewInt(7*lot)))
	require.Empty(t, f.slotOwners())
}

func TestWithheldBatchesJailAndNeverTombstone(t *testing.T) {
	f := newFixture(t)
	owner := f.worker(1, 10*lot)
	for range 3 {
		f.forfeit(owner, types.SLASH_KIND_WITHHELD, lot)
	}
	require.Equal(t, types.WORKER_STATUS_JAILED, f.get(owner).Status)
	require.Zero(t, f.get(owner).Frauds)
	supply := f.supply()
	f.endBlock(1 + hold)
	require.EqualValues(t, supply-3*lot, f.supply(), "burned whole")
}

// TestLongerJailIsTold slashes a worker that is jailed: its status stays, but not the end of its jail.
func TestLongerJailIsTold(t *testing.T) {
	f := newFixture(t)
	owner := f.worker(1, 10*lot)
	f.forfeit(owner, types.SLASH_KIND_WITHHELD, lot)
	f.at(20)
	f.forfeit(owner, types.SLASH_KIND_WITHHELD, lot)
	require.Contains(t, f.events(), &types.EventWorkerStatusChanged{
		Owner: f.get(owner).Owner, OldStatus: types.WORKER_STATUS_JAILED, NewStatus: types.WORKER_STATUS_JAILED, Cause: "slash",
		JailUntil: 20 + jail,
	})
}

func TestReversalRestoresMoneyStandingAndJail(t *testing.T) {
	f := newFixture(t)
	owner := f.worker(1, 10*lot)
	for range 12 {
		require.NoError(t, f.AuditMatched(f.ctx, owner, slashRef))
	}
	require.NoError(t, f.Pause(f.ctx, owner, owner))
	before := f.get(owner)
	f.at(10)
	first := f.forfeit(owner, types.SLASH_KIND_LEAF, lot)
	second := f.forfeit(owner, types.SLASH_KIND_LEAF, 2*lot)
	require.Equal(t, types.WORKER_STATUS_TOMBSTONED, f.get(owner).Status)

	msgs := keeper.NewMsgServer(f.Keeper)
	_, err := msgs.ReverseSlash(f.ctx, &types.MsgReverseSlash{Authority: bech32Text(owner), SlashId: first})
	require.Error(t, err, "only governance reverses")
	require.NoError(t, f.CheckInvariants(f.ctx))

	f.at(20)
	_, err = msgs.ReverseSlash(f.ctx, &types.MsgReverseSlash{Authority: authority, SlashId: first})
	require.NoError(t, err)
	require.NoError(t, f.CheckInvariants(f.ctx))
	w := f.get(owner)
	require.Equal(t, types.WORKER_STATUS_JAILED, w.Status, "one fraud is left")
	require.EqualValues(t, 8*lot, w.Bond.Int64())
	require.Zero(t, w.Standing)
	require.EqualValues(t, 2*lot, f.holding())
	reversed := f.events()[len(f.events())-1].(*types.EventSlashReversed)
	require.Equal(t, first, reversed.Slash.Id)

	_, err = msgs.ReverseSlash(f.ctx, &types.MsgReverseSlash{Authority: authority, SlashId: second})
	require.NoError(t, err)
	require.NoError(t, f.CheckInvariants(f.ctx))
	require.Equal(t, before, f.get(owner))
	require.Zero(t, f.holding())
	require.EqualValues(t, 10*lot, f.bonded())
	_, err = msgs.ReverseSlash(f.ctx, &types.MsgReverseSlash{Authority: authority, SlashId: second})
	require.ErrorIs(t, err, types.ErrUnknownSlash, "once only")
}

// TestLostDepositOfAChallenger is of an account that is no worker; its coins come from another module's account.
func TestLostDepositOfAChallenger(t *testing.T) {
	f := newFixture(t)
	challenger, worker, referee := account(5), f.worker(1, lot), account(6)
	f.mint(authtypes.NewModuleAddress(types.BondAccount), 2_000)
	shares := []types.SlashShare{shareOf(referee, types.SLASH_ROLE_REFEREE, 100), shareOf(worker, types.SLASH_ROLE_OPPONENT, 450)}
	for range 2 {
		_, err := f.HoldDeposit(f.ctx, types.BondAccount, f.loss(challenger, types.SLASH_KIND_CHALLENGE, 1_000, shares...))
		require.NoError(t, err)
	}
	require.NoError(t, f.CheckInvariants(f.ctx))
	require.NoError(t, f.ReverseSlash(f.ctx, 1))
	require.EqualValues(t, 1_000, f.balance(challenger))
	purse := f.balance(worker)
	supply := f.supply()
	f.endBlock(1 + hold)
	require.EqualValues(t, 100, f.balance(referee))
	require.EqualValues(t, purse+450, f.balance(worker))
	require.EqualValues(t, supply-450, f.supply())
}

func TestLossesThatMakeNoSense(t *testing.T) {
	f := newFixture(t)
	owner := f.worker(1, 10*lot)
	require.NoError(t, f.LockDeposit(f.ctx, owner, math.NewInt(lot)))
	sound := f.loss(owner, types.SLASH_KIND_AUDIT, lot)
	for name, c := range map[string]struct {
		spoil func(*types.Loss)
		err   error
	}{
		"more than is locked":  {func(l *types.Loss) { l.Amount = math.NewInt(lot + 1) }, types.ErrInconsistent},
		"nothing":              {func(l *types.Loss) { l.Amount = math.ZeroInt() }, types.ErrInvalidSlash},
		"no worker":            {func(l *types.Loss) { l.Owner = bech32Text(account(9)) }, types.ErrUnknownWorker},
		"no address":           {func(l *types.Loss) { l.Owner = "x" }, types.ErrInvalidAddress},
		"a challenge":          {func(l *types.Loss) { l.Kind = types.SLASH_KIND_CHALLENGE }, types.ErrInvalidSlash},
		"no kind":              {func(l *types.Loss) { l.Kind = 0 }, types.ErrInvalidSlash},
		"shares above it":      {func(l *types.Loss) { l.Shares = []types.SlashShare{shareOf(owner, types.SLASH_ROLE_PROVER, lot+1)} }, types.ErrInvalidSlash},
		"a share without role": {func(l *types.Loss) { l.Shares = []types.SlashShare{shareOf(owner, 0, 1)} }, types.ErrInvalidSlash},
	} {
		t.Run(name, func(t *testing.T) {
			cached, _ := f.ctx.CacheContext()
			loss := sound
			c.spoil(&loss)
			_, err := f.Forfeit(cached, loss)
			require.ErrorIs(t, err, c.err)
		})
	}
	_, err := f.HoldDeposit(f.ctx, types.BondAccount, sound)
	require.ErrorIs(t, err, types.ErrInvalidSlash)
}

// TestSlashThatCannotBeReleasedIsPutOff has a share for an account that takes no coins.
func TestSlashThatCannotBeReleasedIsPutOff(t *testing.T) {
	f := newFixture(t)
	owner := f.worker(1, 10*lot)
	broken := f.forfeit(owner, types.SLASH_KIND_LEAF, lot)
	sound := f.forfeit(owner, types.SLASH_KIND_LEAF, lot)
	slash, err := f.Slash(f.ctx, broken)
	require.NoError(t, err)
	slash.Shares = []types.SlashShare{{Recipient: "nobody", Role: types.SLASH_ROLE_PROVER, Amount: math.OneInt()}}
	require.NoError(t, f.PutSlash(f.ctx, slash))

	f.endBlock(1 + hold)
	_, err = f.Slash(f.ctx, sound)
	require.ErrorIs(t, err, types.ErrUnknownSlash)
	slash, err = f.Slash(f.ctx, broken)
	require.NoError(t, err)
	require.EqualValues(t, 1+hold+keeper.DeferredBlocks, slash.ReleaseHeight)
	require.EqualValues(t, lot, f.holding())
	var deferred *types.EventSlashDeferred
	for _, event := range f.events() {
		if e, ok := event.(*types.EventSlashDeferred); ok {
			deferred = e
		}
	}
	require.NotNil(t, deferred)
	require.EqualValues(t, 1+hold, deferred.OldReleaseHeight)
	require.Contains(t, deferred.Error, "nobody")
}

// TestReleasesWaitWhileSlashesAreShort takes a coin from slash_hold and gives it back later.
func TestReleasesWaitWhileSlashesAreShort(t *testing.T) {
	f := newFixture(t)
	owner := f.worker(1, 10*lot)
	f.forfeit(owner, types.SLASH_KIND_LEAF, lot)
	coin := sdk.NewCoins(sdk.NewInt64Coin(types.BondDenom, 1))
	require.NoError(t, f.bank.SendCoinsFromModuleToAccount(f.ctx, types.HoldAccount, account(9), coin))
	f.at(1 + hold)
	require.NoError(t, f.EndBlock(f.ctx))
	require.Equal(t, []any{&types.EventPayoutsPaused{Account: types.HoldAccount, Held: "999", Owed: "1000"}}, payoutEvents(f))
	require.ErrorIs(t, f.ReverseSlash(f.ctx, 1), types.ErrPayoutsPaused)
	require.ErrorIs(t, f.CheckInvariants(f.ctx), types.ErrInconsistent)
	require.EqualValues(t, lot-1, f.holding())

	require.NoError(t, f.bank.SendCoinsFromAccountToModule(f.ctx, account(9), types.HoldAccount, coin))
	f.endBlock(2 + hold)
	require.Zero(t, f.holding())
}

func TestReleasesOfSlashesAreBounded(t *testing.T) {
	f := newFixture(t)
	const slashes = keeper.ReleasedAtOnce + 3
	owner := f.worker(1, lot+slashes)
	for range slashes {
		require.NoError(t, f.PutWorker(f.ctx, owner, func() types.Worker {
			w := f.get(owner)
			w.Locked = math.OneInt()
			return w
		}()))
		_, err := f.Forfeit(f.ctx, f.loss(owner, types.SLASH_KIND_WITHHELD, 1))
		require.NoError(t, err)
	}
	f.endBlock(1 + hold)
	require.EqualValues(t, 3, f.holding())
	f.endBlock(2 + hold)
	require.Zero(t, f.holding())
}

func TestSlashQueries(t *testing.T) {
	f := newFixture(t)
	one, two := f.worker(1, 10*lot), f.worker(2, 10*lot)
	f.forfeit(one, types.SLASH_KIND_LEAF, lot)
	f.forfeit(two, types.SLASH_KIND_LEAF, lot)
	f.forfeit(one, types.SLASH_KIND_AUDIT, lot)
	server := keeper.NewQueryServer(f.Keeper)
	ids := func(owner string) (ids []uint64) {
		resp, err := server.Slashes(f.ctx, &types.QuerySlashesRequest{Owner: owner})
		require.NoError(t, err)
		for _, s := range resp.Slashes {
			ids = append(ids, s.Id)
		}
		return ids
	}
	require.Equal(t, []uint64{1, 2, 3}, ids(""))
	require.Equal(t, []uint64{1, 3}, ids(bech32Text(one)))
	resp, err := server.Slash(f.ctx, &types.QuerySlashRequest{Id: 2})
	require.NoError(t, err)
	require.Equal(t, bech32Text(two), resp.Slash.Owner)
	_, err = server.Slash(f.ctx, &types.QuerySlashRequest{Id: 9})
	require.ErrorContains(t, err, "9: it never was, or was released or reversed already")
	_, err = server.Slashes(f.ctx, &types.QuerySlashesRequest{Owner: "x"})
	require.Error(t, err)
	kept, err := server.Worker(f.ctx, &types.QueryWorkerRequest{Address: bech32Text(one)})
	require.NoError(t, err)
	require.Contains(t, kept.KeptOut, "tombstoned")
}
