package simulation

import (
	"bytes"
	"compress/gzip"
	"slices"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/protocol"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
)

func locators() []string { return []string{"http://blobs:4001"} }

func (w *world) storeModule() (*account, []sdk.Msg) {
	if len(w.state.task.Modules) > 6 && w.r.IntN(4) > 0 {
		return nil, nil
	}
	author := pick(w.r, w.authors)
	raw := append([]byte{0, 'a', 's', 'm', 1, 0, 0, 0}, byte(w.r.IntN(40)))
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	_, err := z.Write(raw)
	require.NoError(w, err)
	require.NoError(w, z.Close())
	return does(author, &tasktypes.MsgStoreModule{
		Author: author.text, Code: zipped.Bytes(), RoyaltyBps: w.r.Uint32N(protocol.MaxRoyaltyBps + 1), Name: "program",
	})
}

func (w *world) removeModule() (*account, []sdk.Msg) {
	if len(w.state.task.Modules) == 0 {
		return nil, nil
	}
	module := pick(w.r, w.state.task.Modules).Module
	author := w.byName[module.Author]
	return does(author, &tasktypes.MsgRemoveModule{Author: author.text, ModuleId: module.Id})
}

func (w *world) submitJob() (*account, []sdk.Msg) {
	if len(w.state.open) > 30 || len(w.state.task.Modules) == 0 {
		return nil, nil
	}
	requester := pick(w.r, w.requesters)
	size := uint32(between(w.r, 1, 8))
	spec := tasktypes.JobSpec{
		ModuleId: pick(w.r, w.state.task.Modules).Module.Id, Units: uint32(between(w.r, 1, 24)), BatchSize: size,
		GasLimit: uint64(between(w.r, 100_000, 5_000_000)), MemoryLimit: uint64(between(w.r, 1, 600)) << 20 >> 1,
		MaxPrice: math.NewInt(between(w.r, 200_000, 2_000_000)), InputRoot: w.bytes(32), InputIndex: w.bytes(32),
		EncryptionKey: w.bytes(32), Mode: tasktypes.MODE_PUBLIC, Locators: locators(),
		Assurance: tasktypes.Assurance{
			AuditBps: pick(w.r, []uint32{2_000, 5_000, 10_000}), Auditors: uint32(between(w.r, 1, 3)), Samples: 1 + w.r.Uint32N(size),
		},
		Deadline: w.height + between(w.r, 3, 120),
	}
	switch {
	case w.chance(5):
		spec.Mode = tasktypes.MODE_SEALED
	case w.chance(10):
		spec.Features = []string{"big"}
	case w.chance(5):
		// nobody has the feature: a job of a million batches that are never drawn
		spec.Units, spec.BatchSize, spec.Assurance.Samples, spec.Features = protocol.MaxUnits, 1, 1, []string{"unheard-of"}
		spec.GasLimit, spec.MaxPrice = 1, math.OneInt()
	}
	if spec.Units != protocol.MaxUnits {
		root := protocol.MerkleRoot(inputItems(spec))
		spec.InputRoot = root[:]
	}
	most := math.NewInt(purse)
	if w.chance(5) {
		most = math.NewInt(between(w.r, 0, 20_000))
	}
	return does(requester.account, &tasktypes.MsgSubmitJob{Requester: requester.text, Spec: spec, MaxEscrow: most})
}

func (w *world) cancelJob() (*account, []sdk.Msg) {
	job, ok := w.job()
	if !ok {
		return nil, nil
	}
	requester := w.requesterOf(job.Id)
	return does(requester.account, &tasktypes.MsgCancelJob{Requester: requester.text, JobId: job.Id})
}

func (w *world) confirmInputs() (*account, []sdk.Msg) {
	job, ok := w.job()
	requester := w.requesterOf(job.Id)
	if !ok || requester.absent || len(job.MissingReporters) == 0 && w.r.IntN(10) > 0 {
		return nil, nil
	}
	msg := &tasktypes.MsgConfirmInputs{Requester: requester.text, JobId: job.Id}
	if w.chance(50) {
		msg.Locators = locators()
	}
	return does(requester.account, msg)
}

func (w *world) acceptOffer() (*account, []sdk.Msg) {
	b, ok := w.batch(tasktypes.BATCH_STATE_OFFERED)
	k := w.holder(b)
	if !ok || !w.chance(k.habits.accept) {
		return nil, nil
	}
	operator := w.operator(k)
	msgs := []sdk.Msg{&tasktypes.MsgAcceptOffer{Operator: operator.text, JobId: b.JobId, Batch: b.Index, Epoch: b.Epoch}}
	if w.chance(10) {
		msgs = append(msgs, w.commitTo(k, b))
	}
	return operator, msgs
}

func (w *world) commit() (*account, []sdk.Msg) {
	b, ok := w.batch(tasktypes.BATCH_STATE_OFFERED, tasktypes.BATCH_STATE_LEASED)
	k := w.holder(b)
	habit := k.habits.commit
	switch {
	case b.State == tasktypes.BATCH_STATE_OFFERED:
		habit = k.habits.swift
	case missing(b):
		habit /= 8
	}
	if !ok || !w.chance(habit) {
		return nil, nil
	}
	return does(w.operator(k), w.commitTo(k, b))
}

func (w *world) commitTo(k *worker, b tasktypes.Batch) *tasktypes.MsgCommit {
	binding := commitment(w, k, b, w.compute(b))
	if w.chance(k.habits.junk) {
		binding = protocol.Hash(w.bytes(32))
	}
	wrapped := make([]byte, protocol.WrappedKeyLength)
	return &tasktypes.MsgCommit{
		Operator: w.operator(k).text, JobId: b.JobId, Batch: b.Index, Epoch: b.Epoch, Commitment: binding[:],
		SealedLeaves: make([]byte, protocol.SealedLeavesLength(b.Units)), OutputsHash: w.bytes(32), Locators: locators(),
		WrappedKeys: []tasktypes.WrappedKey{
			{Kind: tasktypes.KeyKindOutputs, Recipient: w.requesterOf(b.JobId).text, Data: wrapped},
			{Kind: tasktypes.KeyKindLeaves, Recipient: k.owner.text, Data: wrapped},
		},
	}
}

func (w *world) reportMissingInput() (*account, []sdk.Msg) {
	b, ok := w.batch(tasktypes.BATCH_STATE_LEASED)
	k := w.holder(b)
	habit := k.habits.report
	if missing(b) {
		habit = k.habits.commit
	}
	if !ok || !w.chance(habit) {
		return nil, nil
	}
	operator := w.operator(k)
	return does(operator, &tasktypes.MsgReportMissingInput{
		Operator: operator.text, JobId: b.JobId, Batch: b.Index, Epoch: b.Epoch, Unit: w.unit(b),
	})
}

// missing tells that the inputs of a batch's job cannot be fetched.
func missing(b tasktypes.Batch) bool { return b.JobId%4 == 0 }

// open is done by the worker, or by somebody else who was given the key, in time or late.
func (w *world) open() (*account, []sdk.Msg) {
	b, ok := w.batch(tasktypes.BATCH_STATE_OPENING)
	if late, found := w.late(); found && w.chance(30) {
		b, ok = late, true
		b.Epoch--
	}
	if len(w.state.task.Withheld) > 0 && w.chance(15) {
		b, ok = pick(w.r, w.state.task.Withheld), true
	}
	k := w.holder(b)
	opener := w.operator(k)
	if !ok {
		return nil, nil
	}
	if !w.chance(k.habits.open) {
		if w.r.IntN(12) > 0 {
			return nil, nil
		}
		opener = pick(w.r, w.others)
	}
	done := w.compute(b)
	return does(opener, &tasktypes.MsgOpen{
		Opener: opener.text, JobId: b.JobId, Batch: b.Index, Epoch: b.Epoch, Key: done.key[:], GasTotal: done.gas, Leaves: done.leaves,
	})
}

// late is a queued batch whose epoch before may still be opened.
func (w *world) late() (tasktypes.Batch, bool) {
	var late []tasktypes.Batch
	for _, b := range w.state.byState[tasktypes.BATCH_STATE_QUEUED] {
		if b.LateOpen != 0 {
			late = append(late, b)
		}
	}
	if len(late) == 0 {
		return tasktypes.Batch{}, false
	}
	return pick(w.r, late), true
}

func (w *world) acceptBatch() (*account, []sdk.Msg) {
	b, ok := w.batch(tasktypes.BATCH_STATE_CHALLENGE)
	requester := w.requesterOf(b.JobId)
	if !ok || requester.absent || w.chance(50) {
		return nil, nil
	}
	return does(requester.account, &tasktypes.MsgAcceptBatch{
		Requester: requester.text, JobId: b.JobId, Batch: b.Index, Epoch: b.Epoch,
	})
}

func (w *world) demandOutput() (*account, []sdk.Msg) {
	b, ok := w.batch(tasktypes.BATCH_STATE_CHALLENGE)
	requester := w.requesterOf(b.JobId)
	if !ok || requester.absent || w.chance(50) {
		return nil, nil
	}
	return does(requester.account, &tasktypes.MsgDemandOutput{
		Requester: requester.text, JobId: b.JobId, Batch: b.Index, Epoch: b.Epoch, Unit: w.unit(b),
	})
}

func (w *world) postOutput() (*account, []sdk.Msg) {
	b, ok := w.batch(tasktypes.BATCH_STATE_DEMANDED)
	if !ok || b.Units == 0 || w.chance(40) {
		return nil, nil
	}
	done, at := w.compute(b), w.r.IntN(int(b.Units))
	if b.Demand != nil {
		at = int(b.Demand.Unit - done.leaves[0].Unit)
	}
	proof, err := protocol.MerkleProof(done.items, at)
	require.NoError(w, err)
	poster := pick(w.r, w.others)
	posted := output(b.JobId, done.leaves[at].Unit)
	if slices.Contains(done.wrong, done.leaves[at].Unit) {
		posted = wrongOutput(b.JobId, done.leaves[at].Unit)
	}
	return does(poster, &tasktypes.MsgPostOutput{
		Poster: poster.text, JobId: b.JobId, Batch: b.Index, Epoch: b.Epoch, Leaf: done.leaves[at],
		Proof:  tasktypes.Proof{Total: proof.Total, Index: proof.Index, Aunts: proof.Aunts},
		Output: posted,
	})
}

// unit is one of a batch's.
func (w *world) unit(b tasktypes.Batch) uint32 {
	return b.Index*w.state.jobs[b.JobId].Spec.BatchSize + w.r.Uint32N(max(b.Units, 1))
}
