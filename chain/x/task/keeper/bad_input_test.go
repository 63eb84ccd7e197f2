package keeper_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/dmcn/dmcn/chain/x/task/types"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

// purse is every balance that bad input must not move.
type purse struct{ alice, bob, author, wendy, escrow, deposits, community, locked, reserved int64 }

func (f *fixture) purse() purse {
	p := purse{
		alice: f.balance("alice"), bob: f.balance("bob"), author: f.balance("author"), wendy: f.balance("wendy"),
		escrow: f.held(types.EscrowAccount), deposits: f.held(types.DepositAccount), community: f.community(),
	}
	if w, err := f.workers.Get(f.ctx, f.addr("wendy")); err == nil {
		p.locked, p.reserved = w.Locked.Int64(), w.Reserved.Int64()
	}
	return p
}

// refused sends a message and expects an error, and every balance as it was.
func refused[Req, Resp any](t *testing.T, f *fixture, handle handler[Req, Resp], msg Req, want error) {
	t.Helper()
	before := f.purse()
	_, err := send(f, handle, msg)
	require.ErrorIs(t, err, want)
	require.Equal(t, before, f.purse())
}

func TestStoreModuleRefuses(t *testing.T) {
	f := newFixture(t)
	good := wasm("good")
	store := func(change func(*types.MsgStoreModule)) *types.MsgStoreModule {
		msg := &types.MsgStoreModule{Author: f.named("author"), Code: gzipped(good), Name: "good"}
		change(msg)
		return msg
	}
	for name, c := range map[string]struct {
		change func(*types.MsgStoreModule)
		want   error
	}{
		"raw bytes, not gzip":     {func(m *types.MsgStoreModule) { m.Code = good }, types.ErrInvalidModule},
		"empty":                   {func(m *types.MsgStoreModule) { m.Code = nil }, types.ErrInvalidModule},
		"not WASM":                {func(m *types.MsgStoreModule) { m.Code = gzipped([]byte("#!/bin/sh")) }, types.ErrInvalidModule},
		"a component, not a core": {func(m *types.MsgStoreModule) { m.Code = gzipped([]byte{0, 'a', 's', 'm', 13, 0, 1, 0}) }, types.ErrInvalidModule},
		"cut short":               {func(m *types.MsgStoreModule) { m.Code = m.Code[:len(m.Code)-4] }, types.ErrInvalidModule},
		"bytes behind it":         {func(m *types.MsgStoreModule) { m.Code = append(m.Code, 0) }, types.ErrInvalidModule},
		"a second member":         {func(m *types.MsgStoreModule) { m.Code = append(m.Code, gzipped(good)...) }, types.ErrInvalidModule},
		"too large gzipped": {
			func(m *types.MsgStoreModule) { m.Code = make([]byte, types.MaxModuleWire+1) }, types.ErrModuleTooLarge,
		},
		"a bomb": {
			func(m *types.MsgStoreModule) { m.Code = gzipped(make([]byte, 32<<20)) }, types.ErrModuleTooLarge,
		},
		"royalty":     {func(m *types.MsgStoreModule) { m.RoyaltyBps = 2_001 }, types.ErrInvalidModule},
		"name":        {func(m *types.MsgStoreModule) { m.Name = strings.Repeat("n", 65) }, types.ErrInvalidModule},
		"bad address": {func(m *types.MsgStoreModule) { m.Author = "dmcn1nobody" }, types.ErrInvalidAddress},
	} {
		t.Run(name, func(t *testing.T) { refused(t, f, f.msgs.StoreModule, store(c.change), c.want) })
	}
	t.Run("poor author", func(t *testing.T) {
		_, err := send(f, f.msgs.StoreModule, store(func(m *types.MsgStoreModule) { m.Author = f.named("poor") }))
		require.ErrorContains(t, err, "insufficient funds")
	})
	t.Run("twice", func(t *testing.T) {
		must(f, f.msgs.StoreModule, store(func(*types.MsgStoreModule) {}))
		refused(t, f, f.msgs.StoreModule, store(func(m *types.MsgStoreModule) { m.Author = f.named("bob") }), types.ErrModuleExists)
	})
	t.Run("at the limit", func(t *testing.T) {
		largest := make([]byte, types.MaxModuleSize)
		copy(largest, wasm(""))
		must(f, f.msgs.StoreModule, store(func(m *types.MsgStoreModule) { m.Code = gzipped(largest) }))
		refused(t, f, f.msgs.StoreModule, store(func(m *types.MsgStoreModule) { m.Code = gzipped(append(largest, 0)) }), types.ErrModuleTooLarge)
	})
	t.Run("removed by another", func(t *testing.T) {
		msg := &types.MsgRemoveModule{Author: f.named("bob"), ModuleId: types.ModuleID(good)}
		refused(t, f, f.msgs.RemoveModule, msg, types.ErrUnauthorized)
		msg.ModuleId = make([]byte, 32)
		refused(t, f, f.msgs.RemoveModule, msg, types.ErrUnknownModule)
	})
}

func TestSubmitJobRefuses(t *testing.T) {
	f := newFixture(t)
	module := f.module(0)
	for name, c := range map[string]struct {
		change func(*types.JobSpec)
		want   error
	}{
		"N = 0":               {func(s *types.JobSpec) { s.Units = 0 }, types.ErrInvalidJob},
		"N too large":         {func(s *types.JobSpec) { s.Units = 1<<20 + 1 }, types.ErrInvalidJob},
		"n = 0":               {func(s *types.JobSpec) { s.BatchSize = 0 }, types.ErrInvalidJob},
		"n too large":         {func(s *types.JobSpec) { s.BatchSize = 65 }, types.ErrInvalidJob},
		"memory":              {func(s *types.JobSpec) { s.MemoryLimit = 512<<20 + 1 }, types.ErrInvalidJob},
		"no memory":           {func(s *types.JobSpec) { s.MemoryLimit = 0 }, types.ErrInvalidJob},
		"no gas":              {func(s *types.JobSpec) { s.GasLimit = 0 }, types.ErrInvalidJob},
		"gas":                 {func(s *types.JobSpec) { s.GasLimit = 1 << 60 }, types.ErrInvalidJob},
		"arguments":           {func(s *types.JobSpec) { s.Args = []string{strings.Repeat("a", 4<<10)} }, types.ErrInvalidJob},
		"many arguments":      {func(s *types.JobSpec) { s.Args = make([]string, 4<<10+1) }, types.ErrInvalidJob},
		"an argument's zero":  {func(s *types.JobSpec) { s.Args = []string{"a\x00b"} }, types.ErrInvalidJob},
		"no price":            {func(s *types.JobSpec) { s.MaxPrice = math.Int{} }, types.ErrInvalidJob},
		"price below minimum": {func(s *types.JobSpec) { s.MaxPrice = math.ZeroInt() }, types.ErrInvalidJob},
		"price above 64 bits": {func(s *types.JobSpec) { s.MaxPrice = math.NewInt(1 << 62).MulRaw(4) }, types.ErrInvalidJob},
		"deadline now":        {func(s *types.JobSpec) { s.Deadline = f.ctx.BlockHeight() }, types.ErrInvalidJob},
		"deadline far":        {func(s *types.JobSpec) { s.Deadline = f.ctx.BlockHeight() + 1_000_001 }, types.ErrInvalidJob},
		"no locator":          {func(s *types.JobSpec) { s.Locators = nil }, types.ErrInvalidJob},
		"many locators":       {func(s *types.JobSpec) { s.Locators = slices.Repeat(s.Locators, 9) }, types.ErrInvalidJob},
		"long locator":        {func(s *types.JobSpec) { s.Locators = []string{"http://" + strings.Repeat("h", 250)} }, types.ErrInvalidJob},
		"file locator":        {func(s *types.JobSpec) { s.Locators = []string{"file:///etc"} }, types.ErrInvalidJob},
		"locator's user":      {func(s *types.JobSpec) { s.Locators = []string{"http://me:pw@host"} }, types.ErrInvalidJob},
		"locator's query":     {func(s *types.JobSpec) { s.Locators = []string{"http://host?x=1"} }, types.ErrInvalidJob},
		"locator, no host":    {func(s *types.JobSpec) { s.Locators = []string{"http://:80"} }, types.ErrInvalidJob},
		"locator, no URL":     {func(s *types.JobSpec) { s.Locators = []string{"http://%zz"} }, types.ErrInvalidJob},
		"encryption key":      {func(s *types.JobSpec) { s.EncryptionKey = make([]byte, 31) }, types.ErrInvalidJob},
		"input root":          {func(s *types.JobSpec) { s.InputRoot = nil }, types.ErrInvalidJob},
		"input index":         {func(s *types.JobSpec) { s.InputIndex = make([]byte, 33) }, types.ErrInvalidJob},
		"audit rate":          {func(s *types.JobSpec) { s.Assurance.AuditBps = 3_000 }, types.ErrInvalidJob},
		"no auditors":         {func(s *types.JobSpec) { s.Assurance.Auditors = 0 }, types.ErrInvalidJob},
		"auditors":            {func(s *types.JobSpec) { s.Assurance.Auditors = 4 }, types.ErrInvalidJob},
		"no samples":          {func(s *types.JobSpec) { s.Assurance.Samples = 0 }, types.ErrInvalidJob},
		"samples":             {func(s *types.JobSpec) { s.Assurance.Samples = 5 }, types.ErrInvalidJob},
		"features":            {func(s *types.JobSpec) { s.Features = []string{"gpu", "gpu"} }, types.ErrInvalidJob},
		"no mode":             {func(s *types.JobSpec) { s.Mode = types.MODE_UNSPECIFIED }, types.ErrInvalidJob},
		"sealed":              {func(s *types.JobSpec) { s.Mode = types.MODE_SEALED }, types.ErrSealedUnsupported},
		"module id":           {func(s *types.JobSpec) { s.ModuleId = nil }, types.ErrInvalidJob},
		"unknown module":      {func(s *types.JobSpec) { s.ModuleId = make([]byte, 32) }, types.ErrUnknownModule},
	} {
		t.Run(name, func(t *testing.T) {
			spec := f.spec(module)
			c.change(&spec)
			msg := &types.MsgSubmitJob{Requester: f.named("alice"), Spec: spec, MaxEscrow: math.NewInt(funds)}
			refused(t, f, f.msgs.SubmitJob, msg, c.want)
		})
	}
	t.Run("underfunded", func(t *testing.T) {
		spec := f.spec(module)
		escrow := f.escrow(spec)
		msg := &types.MsgSubmitJob{Requester: f.named("alice"), Spec: spec, MaxEscrow: escrow.SubRaw(1)}
		refused(t, f, f.msgs.SubmitJob, msg, types.ErrUnderfunded)
		msg.MaxEscrow = math.Int{}
		refused(t, f, f.msgs.SubmitJob, msg, types.ErrUnderfunded)
		msg.MaxEscrow = escrow
		f.fund("poor", escrow.Int64()-1)
		msg.Requester = f.named("poor")
		refused(t, f, f.msgs.SubmitJob, msg, types.ErrUnderfunded)
		require.Equal(t, escrow.Int64()-1, f.balance("poor"))
		f.fund("poor", 1)
		must(f, f.msgs.SubmitJob, msg)
		require.Zero(t, f.balance("poor"))
	})
}

func TestUnknownObjects(t *testing.T) {
	f := newFixture(t)
	b := f.offered()
	alice := f.named("alice")
	for _, c := range []struct {
		job   uint64
		batch uint32
		want  error
	}{{99, 0, types.ErrUnknownJob}, {b.JobId, 3, types.ErrUnknownBatch}} {
		refused(t, f, f.msgs.AcceptOffer, &types.MsgAcceptOffer{Operator: f.operator(b), JobId: c.job, Batch: c.batch}, c.want)
		refused(t, f, f.msgs.Commit, &types.MsgCommit{Operator: f.operator(b), JobId: c.job, Batch: c.batch}, c.want)
		refused(t, f, f.msgs.Open, &types.MsgOpen{Opener: alice, JobId: c.job, Batch: c.batch}, c.want)
		refused(t, f, f.msgs.ReportMissingInput, &types.MsgReportMissingInput{Operator: f.operator(b), JobId: c.job, Batch: c.batch}, c.want)
		refused(t, f, f.msgs.AcceptBatch, &types.MsgAcceptBatch{Requester: alice, JobId: c.job, Batch: c.batch}, c.want)
		refused(t, f, f.msgs.DemandOutput, &types.MsgDemandOutput{Requester: alice, JobId: c.job, Batch: c.batch, Unit: c.batch * 4}, c.want)
		refused(t, f, f.msgs.PostOutput, &types.MsgPostOutput{Poster: alice, JobId: c.job, Batch: c.batch}, c.want)
	}
	refused(t, f, f.msgs.CancelJob, &types.MsgCancelJob{Requester: alice, JobId: 99}, types.ErrUnknownJob)
	refused(t, f, f.msgs.ConfirmInputs, &types.MsgConfirmInputs{Requester: alice, JobId: 99}, types.ErrUnknownJob)
}

func TestOnlyTheRequester(t *testing.T) {
	f := newFixture(t)
	b := f.inState(types.BATCH_STATE_CHALLENGE)
	bob := f.named("bob")
	refused(t, f, f.msgs.CancelJob, &types.MsgCancelJob{Requester: bob, JobId: b.JobId}, types.ErrUnauthorized)
	refused(t, f, f.msgs.ConfirmInputs, &types.MsgConfirmInputs{Requester: bob, JobId: b.JobId}, types.ErrUnauthorized)
	refused(t, f, f.msgs.AcceptBatch, &types.MsgAcceptBatch{Requester: bob, JobId: b.JobId}, types.ErrUnauthorized)
	refused(t, f, f.msgs.DemandOutput, &types.MsgDemandOutput{Requester: bob, JobId: b.JobId}, types.ErrUnauthorized)
}

func TestOfferOfAnotherWorker(t *testing.T) {
	f := newFixture(t)
	b := f.offered()
	f.worker("other", 1)
	accept := &types.MsgAcceptOffer{Operator: f.named("other-op"), JobId: b.JobId, Batch: b.Index}
	refused(t, f, f.msgs.AcceptOffer, accept, types.ErrNoLease)
	accept.Operator = f.named("wendy") // the owner is not the operator
	refused(t, f, f.msgs.AcceptOffer, accept, workertypes.ErrUnknownWorker)
	accept.Operator, accept.Epoch = f.operator(b), 1
	refused(t, f, f.msgs.AcceptOffer, accept, types.ErrWrongEpoch)
	accept.Epoch = 0
	must(f, f.msgs.AcceptOffer, accept)
	refused(t, f, f.msgs.AcceptOffer, accept, types.ErrTransition)
}

func TestOfferWithoutBond(t *testing.T) {
	f := newFixture(t)
	b := f.offered()
	require.NoError(t, f.workers.Withdraw(f.ctx, f.addr("wendy"), math.NewInt(bond)))
	refused(t, f, f.msgs.AcceptOffer, &types.MsgAcceptOffer{Operator: f.operator(b), JobId: b.JobId}, workertypes.ErrInsufficientBond)
	refused(t, f, f.msgs.Commit, f.commitMsg(b, f.compute(b)), workertypes.ErrInsufficientBond)
}

func TestCommitRefuses(t *testing.T) {
	f := newFixture(t)
	b := f.inState(types.BATCH_STATE_LEASED)
	f.worker("other", 1)
	key := func(kind uint32, to string, size int) types.WrappedKey {
		return types.WrappedKey{Kind: kind, Recipient: to, Data: make([]byte, size)}
	}
	alice := f.named("alice")
	for name, c := range map[string]struct {
		change func(*types.MsgCommit)
		want   error
	}{
		"without the lease":     {func(m *types.MsgCommit) { m.Operator = f.named("other-op") }, types.ErrNoLease},
		"not a worker":          {func(m *types.MsgCommit) { m.Operator = alice }, workertypes.ErrUnknownWorker},
		"another epoch":         {func(m *types.MsgCommit) { m.Epoch = 1 }, types.ErrWrongEpoch},
		"short commitment":      {func(m *types.MsgCommit) { m.Commitment = m.Commitment[1:] }, types.ErrInvalidCommit},
		"no outputs hash":       {func(m *types.MsgCommit) { m.OutputsHash = nil }, types.ErrInvalidCommit},
		"leaves of fewer units": {func(m *types.MsgCommit) { m.SealedLeaves = m.SealedLeaves[45:] }, types.ErrInvalidCommit},
		"locator":               {func(m *types.MsgCommit) { m.Locators = []string{"ftp://host"} }, types.ErrInvalidCommit},
		"no keys":               {func(m *types.MsgCommit) { m.WrappedKeys = nil }, types.ErrInvalidCommit},
		"no key for alice":      {func(m *types.MsgCommit) { m.WrappedKeys[0].Recipient = f.named("bob") }, types.ErrInvalidCommit},
		"K for alice only":      {func(m *types.MsgCommit) { m.WrappedKeys[0].Kind = 0 }, types.ErrInvalidCommit},
		"kind of key":           {func(m *types.MsgCommit) { m.WrappedKeys[1].Kind = 2 }, types.ErrInvalidCommit},
		"length of key":         {func(m *types.MsgCommit) { m.WrappedKeys[1] = key(0, alice, 81) }, types.ErrInvalidCommit},
		"recipient of key":      {func(m *types.MsgCommit) { m.WrappedKeys[1] = key(0, "nobody", 80) }, types.ErrInvalidCommit},
		"key twice": {
			func(m *types.MsgCommit) { m.WrappedKeys = append(m.WrappedKeys, m.WrappedKeys[1]) }, types.ErrInvalidCommit,
		},
		"many keys": {
			func(m *types.MsgCommit) { m.WrappedKeys = slices.Repeat(m.WrappedKeys, 9) }, types.ErrInvalidCommit,
		},
	} {
		t.Run(name, func(t *testing.T) {
			msg := f.commitMsg(b, f.compute(b))
			c.change(msg)
			refused(t, f, f.msgs.Commit, msg, c.want)
		})
	}
	t.Run("doubled", func(t *testing.T) {
		f.commit(b)
		refused(t, f, f.msgs.Commit, f.commitMsg(b, f.compute(b)), types.ErrAlreadyCommitted)
	})
	t.Run("of a batch that is queued", func(t *testing.T) {
		require.NoError(t, f.workers.Pause(f.ctx, f.addr("wendy"), f.addr("wendy")))
		require.NoError(t, f.workers.Pause(f.ctx, f.addr("other"), f.addr("other")))
		f.runTo(f.batch(b.JobId, 1).Deadline + 1)
		require.Equal(t, types.BATCH_STATE_QUEUED, f.batch(b.JobId, 1).State)
		msg := f.commitMsg(b, f.compute(b))
		msg.Batch = 1
		refused(t, f, f.msgs.Commit, msg, types.ErrNoLease)
	})
}

func TestOpenRefuses(t *testing.T) {
	f := newFixture(t)
	b := f.inState(types.BATCH_STATE_OPENING)
	for name, c := range map[string]struct {
		change func(*types.MsgOpen)
		want   error
	}{
		"wrong key":          {func(m *types.MsgOpen) { m.Key = bytes.Repeat([]byte{9}, 32) }, types.ErrOpeningMismatch},
		"short key":          {func(m *types.MsgOpen) { m.Key = m.Key[1:] }, types.ErrInvalidOpening},
		"another epoch":      {func(m *types.MsgOpen) { m.Epoch = 1 }, types.ErrWrongEpoch},
		"another sum":        {func(m *types.MsgOpen) { m.GasTotal++ }, types.ErrOpeningMismatch},
		"another leaf":       {func(m *types.MsgOpen) { m.Leaves[1].OutputHash = make([]byte, 32) }, types.ErrOpeningMismatch},
		"another gas":        {func(m *types.MsgOpen) { m.Leaves[0].Gas++; m.GasTotal++ }, types.ErrOpeningMismatch},
		"swapped leaves":     {func(m *types.MsgOpen) { m.Leaves[0], m.Leaves[1] = m.Leaves[1], m.Leaves[0] }, types.ErrInvalidOpening},
		"a leaf missing":     {func(m *types.MsgOpen) { m.Leaves = m.Leaves[1:] }, types.ErrInvalidOpening},
		"numbered otherwise": {func(m *types.MsgOpen) { m.Leaves[0].Unit = 4 }, types.ErrInvalidOpening},
		"status":             {func(m *types.MsgOpen) { m.Leaves[0].Status = 7 }, types.ErrInvalidOpening},
		"status of 8 bits":   {func(m *types.MsgOpen) { m.Leaves[0].Status = 256 }, types.ErrInvalidOpening},
		"exit code":          {func(m *types.MsgOpen) { m.Leaves[0].ExitCode = 1 }, types.ErrInvalidOpening},
		"EXIT without code":  {func(m *types.MsgOpen) { m.Leaves[0].Status = 1 }, types.ErrInvalidOpening},
		"above the limit":    {func(m *types.MsgOpen) { m.Leaves[0].Gas = gas + 1 }, types.ErrInvalidOpening},
		"OUT_OF_GAS below":   {func(m *types.MsgOpen) { m.Leaves[0].Status = 3 }, types.ErrInvalidOpening},
		"output hash":        {func(m *types.MsgOpen) { m.Leaves[0].OutputHash = nil }, types.ErrInvalidOpening},
	} {
		t.Run(name, func(t *testing.T) {
			msg := f.openMsg(b, f.compute(b))
			c.change(msg)
			refused(t, f, f.msgs.Open, msg, c.want)
		})
	}
	t.Run("twice", func(t *testing.T) {
		f.open(b)
		refused(t, f, f.msgs.Open, f.openMsg(b, f.compute(b)), types.ErrTransition)
	})
}

func TestOpenBeforeTheCoin(t *testing.T) {
	f := newFixture(t)
	b := f.inState(types.BATCH_STATE_COMMITTED)
	refused(t, f, f.msgs.Open, f.openMsg(b, f.compute(b)), types.ErrTransition)
}

func TestUpdateParams(t *testing.T) {
	f := newFixture(t)
	msg := &types.MsgUpdateParams{Authority: f.named("alice"), Params: types.DevnetParams()}
	refused(t, f, f.msgs.UpdateParams, msg, types.ErrUnauthorized)
	msg.Authority = f.keeper.Authority()
	msg.Params.CoinHeights = 3 // with 4 validators
	refused(t, f, f.msgs.UpdateParams, msg, types.ErrInvalidParams)
	msg.Params.CoinHeights, msg.Params.FeeBps = 5, 10_001
	refused(t, f, f.msgs.UpdateParams, msg, types.ErrInvalidParams)
	msg.Params.FeeBps = 300
	must(f, f.msgs.UpdateParams, msg)
	params, err := f.keeper.Params(f.ctx)
	require.NoError(t, err)
	require.Equal(t, msg.Params, params)
	require.Len(t, events[*types.EventParamsUpdated](f), 1)
}
