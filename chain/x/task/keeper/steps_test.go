package keeper_test

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/binary"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/dmcn/dmcn/chain/protocol"
	"github.com/dmcn/dmcn/chain/x/task/types"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

func gzipped(raw []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write(raw)
	_ = w.Close()
	return b.Bytes()
}

func wasm(body string) []byte { return append([]byte{0, 'a', 's', 'm', 1, 0, 0, 0}, body...) }

// module stores a module of an author with a royalty and returns its id.
func (f *fixture) module(royaltyBps uint32) []byte {
	f.Helper()
	msg := &types.MsgStoreModule{
		Author: f.named("author"), Code: gzipped(wasm(string(rune('a' + royaltyBps%26)))), RoyaltyBps: royaltyBps, Name: "test",
	}
	return must(f, f.msgs.StoreModule, msg).ModuleId
}

// spec is a job of 10 units in batches of 4, so that the last of three is shorter.
func (f *fixture) spec(module []byte) types.JobSpec {
	return types.JobSpec{
		ModuleId: module, Units: 10, BatchSize: 4, GasLimit: gas, MemoryLimit: 64 << 20, MaxPrice: math.NewInt(price),
		InputRoot: make([]byte, 32), InputIndex: make([]byte, 32), EncryptionKey: make([]byte, 32),
		Assurance: types.Assurance{AuditBps: 2_000, Auditors: 1, Samples: 1},
		Mode:      types.MODE_PUBLIC, Locators: []string{"http://blobs:4001"}, Deadline: f.ctx.BlockHeight() + lifetime,
	}
}

func (f *fixture) escrow(spec types.JobSpec) math.Int {
	return must(f, f.queries.Escrow, &types.QueryEscrowRequest{Spec: spec}).Escrow
}

func (f *fixture) submit(spec types.JobSpec) types.Job {
	f.Helper()
	msg := &types.MsgSubmitJob{Requester: f.named("alice"), Spec: spec, MaxEscrow: f.escrow(spec)}
	return f.job(must(f, f.msgs.SubmitJob, msg).JobId)
}

// worker registers a worker with operator "<name>-op" and a bond of 10 lots.
func (f *fixture) worker(name string, ask int64) {
	f.Helper()
	f.fund(name, funds)
	key := sha256.Sum256([]byte(name))
	terms := workertypes.Terms{
		EncryptionKey: key[:], Ask: math.NewInt(ask), Rate: 10_000_000, Memory: 512 << 20, Features: []string{"big"},
	}
	require.NoError(f, f.workers.Register(f.ctx, f.addr(name), f.addr(name+"-op"), terms, math.NewInt(bond)))
	f.check()
}

func (f *fixture) registered(name string) workertypes.Worker {
	w, err := f.workers.Get(f.ctx, f.addr(name))
	require.NoError(f, err)
	return w
}

func (f *fixture) job(id uint64) types.Job {
	f.Helper()
	job, err := f.keeper.Job(f.ctx, id)
	require.NoError(f, err)
	return job
}

func (f *fixture) batch(job uint64, index uint32) types.Batch {
	f.Helper()
	_, batch, err := f.keeper.Batch(f.ctx, job, index)
	require.NoError(f, err)
	return batch
}

// operator of the worker that holds a batch.
func (f *fixture) operator(b types.Batch) string {
	f.Helper()
	owner, err := f.text.StringToBytes(b.Lease.Worker)
	require.NoError(f, err)
	w, err := f.workers.Get(f.ctx, owner)
	require.NoError(f, err)
	return w.Operator
}

func (f *fixture) accept(b types.Batch) {
	f.Helper()
	must(f, f.msgs.AcceptOffer, &types.MsgAcceptOffer{
		Operator: f.operator(b), JobId: b.JobId, Batch: b.Index, Epoch: b.Epoch,
	})
}

// work is what the holder of a batch computed: each unit's output is its number, its gas 1000 more than that.
type work struct {
	key    protocol.Key
	leaves []types.Leaf
	gas    uint64
}

func output(unit uint32) []byte { return binary.BigEndian.AppendUint32(nil, unit) }

func (f *fixture) compute(b types.Batch) work {
	first := b.Index * f.job(b.JobId).Spec.BatchSize
	w := work{key: protocol.Key{byte(b.Index), byte(b.Epoch)}}
	for unit := first; unit < first+b.Units; unit++ {
		hash := sha256.Sum256(output(unit))
		w.leaves = append(w.leaves, types.Leaf{Unit: unit, Gas: uint64(1_000 + unit), OutputHash: hash[:]})
		w.gas += uint64(1_000 + unit)
	}
	return w
}

func (w work) protocolLeaves(f *fixture) []protocol.Leaf {
	leaves := make([]protocol.Leaf, len(w.leaves))
	for i, l := range w.leaves {
		leaf, err := l.Protocol()
		require.NoError(f, err)
		leaves[i] = leaf
	}
	return leaves
}

func (f *fixture) commitMsg(b types.Batch, w work) *types.MsgCommit {
	f.Helper()
	owner, err := f.text.StringToBytes(b.Lease.Worker)
	require.NoError(f, err)
	account, err := protocol.AccountFromBytes(owner)
	require.NoError(f, err)
	root := protocol.BatchRoot(b.JobId, w.leaves[0].Unit, w.protocolLeaves(f))
	lease := protocol.LeaseID{Worker: account, Job: b.JobId, Batch: b.Index, Epoch: b.Epoch}
	commitment := protocol.Commitment(lease, w.key, root, w.gas)
	wrapped := make([]byte, protocol.WrappedKeyLength)
	return &types.MsgCommit{
		Operator: f.operator(b), JobId: b.JobId, Batch: b.Index, Epoch: b.Epoch, Commitment: commitment[:],
		SealedLeaves: make([]byte, protocol.SealedLeavesLength(b.Units)), OutputsHash: make([]byte, 32),
		WrappedKeys: []types.WrappedKey{
			{Kind: types.KeyKindOutputs, Recipient: f.job(b.JobId).Requester, Data: wrapped},
			{Kind: types.KeyKindLeaves, Recipient: b.Lease.Worker, Data: wrapped},
		},
		Locators: []string{"http://blobs:4001"},
	}
}

func (f *fixture) openMsg(b types.Batch, w work) *types.MsgOpen {
	return &types.MsgOpen{
		Opener: f.named("bob"), JobId: b.JobId, Batch: b.Index, Epoch: b.Epoch, Key: w.key[:], GasTotal: w.gas, Leaves: w.leaves,
	}
}

// commit commits what the holder computed.
func (f *fixture) commit(b types.Batch) {
	f.Helper()
	must(f, f.msgs.Commit, f.commitMsg(b, f.compute(b)))
}

// open opens a batch; anyone may.
func (f *fixture) open(b types.Batch) {
	f.Helper()
	must(f, f.msgs.Open, f.openMsg(b, f.compute(b)))
}

func (f *fixture) acceptBatch(b types.Batch) {
	f.Helper()
	must(f, f.msgs.AcceptBatch, &types.MsgAcceptBatch{
		Requester: f.named("alice"), JobId: b.JobId, Batch: b.Index, Epoch: b.Epoch,
	})
}

// offered submits a job after registering one worker, and returns the job's first batch as it is offered.
func (f *fixture) offered() types.Batch {
	f.Helper()
	f.worker("wendy", 500_000)
	job := f.submit(f.spec(f.module(1_000)))
	f.endBlock()
	b := f.batch(job.Id, 0)
	require.Equal(f, types.BATCH_STATE_OFFERED, b.State)
	return b
}

// inState brings the first batch of a job to a state along the straight line.
func (f *fixture) inState(state types.BatchState) types.Batch {
	f.Helper()
	b := f.offered()
	if state >= types.BATCH_STATE_LEASED {
		f.accept(b)
	}
	if state >= types.BATCH_STATE_COMMITTED {
		f.commit(b)
	}
	if state >= types.BATCH_STATE_OPENING {
		f.runTo(f.batch(b.JobId, b.Index).Deadline + 1)
	}
	if state >= types.BATCH_STATE_CHALLENGE {
		f.open(b)
	}
	b = f.batch(b.JobId, b.Index)
	require.Equal(f, state, b.State)
	return b
}
