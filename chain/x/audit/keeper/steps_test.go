package keeper_test

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/binary"
	"slices"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/dmcn/dmcn/chain/protocol"
	"github.com/dmcn/dmcn/chain/x/audit/types"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

// spec is a job of one batch of 4 units.
func (f *fixture) spec() tasktypes.JobSpec {
	f.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write([]byte{0, 'a', 's', 'm', 1, 0, 0, 0})
	require.NoError(f, w.Close())
	raw := sha256.Sum256([]byte{0, 'a', 's', 'm', 1, 0, 0, 0})
	if _, err := f.tasks.Module(f.ctx, raw[:]); err != nil {
		must(f, f.jobs.StoreModule, &tasktypes.MsgStoreModule{Author: f.named("author"), Code: b.Bytes(), Name: "test"})
	}
	return tasktypes.JobSpec{
		ModuleId: raw[:], Units: 4, BatchSize: 4, GasLimit: gas, MemoryLimit: 64 << 20, MaxPrice: math.NewInt(price),
		InputRoot: inputRoot(4), InputIndex: make([]byte, 32), EncryptionKey: make([]byte, 32),
		Assurance: tasktypes.Assurance{AuditBps: 2_000, Auditors: 1, Samples: 2},
		Mode:      tasktypes.MODE_PUBLIC, Locators: []string{"http://blobs:4001"}, Deadline: f.ctx.BlockHeight() + 10_000,
	}
}

func (f *fixture) submit(spec tasktypes.JobSpec) tasktypes.Job {
	f.Helper()
	msg := &tasktypes.MsgSubmitJob{Requester: f.named("alice"), Spec: spec, MaxEscrow: math.NewInt(funds)}
	return f.job(must(f, f.jobs.SubmitJob, msg).JobId)
}

// worker registers a worker with operator "<name>-op" and a bond of 10 lots.
func (f *fixture) worker(name string, ask int64) {
	f.Helper()
	f.fund(name)
	key := sha256.Sum256([]byte(name))
	terms := workertypes.Terms{EncryptionKey: key[:], Ask: math.NewInt(ask), Rate: 10_000_000, Memory: 512 << 20}
	require.NoError(f, f.workers.Register(f.ctx, f.addr(name), f.addr(name+"-op"), terms, math.NewInt(bond)))
	f.check()
}

func (f *fixture) registered(owner string) workertypes.Worker {
	f.Helper()
	account, err := f.text.StringToBytes(owner)
	require.NoError(f, err)
	w, err := f.workers.Get(f.ctx, account)
	require.NoError(f, err)
	return w
}

func (f *fixture) job(id uint64) tasktypes.Job {
	f.Helper()
	job, err := f.tasks.Job(f.ctx, id)
	require.NoError(f, err)
	return job
}

func (f *fixture) batch(b tasktypes.Batch) tasktypes.Batch {
	f.Helper()
	_, batch, err := f.tasks.Batch(f.ctx, b.JobId, b.Index)
	require.NoError(f, err)
	return batch
}

// audits are the stored ones of an epoch of a batch.
func (f *fixture) audits(b tasktypes.Batch) []types.Audit {
	f.Helper()
	all := must(f, f.queries.BatchAudits, &types.QueryBatchAuditsRequest{JobId: b.JobId, Batch: b.Index}).Audits
	return slices.DeleteFunc(all, func(a types.Audit) bool { return a.Epoch != b.Epoch })
}

// open audits of an auditor, those that it has to post.
func (f *fixture) duties(auditor string) []types.Audit {
	f.Helper()
	return must(f, f.queries.AuditorAudits, &types.QueryAuditorAuditsRequest{Auditor: auditor}).Audits
}

// work is what the holder of a batch computed: each unit's output is its number, its gas 1000 more than that; wrong
// units have another output.
type work struct {
	key    protocol.Key
	leaves []tasktypes.Leaf
	root   protocol.Hash
	gas    uint64
}

func leafOf(unit uint32, wrong bool) tasktypes.Leaf {
	output := binary.BigEndian.AppendUint32(nil, unit)
	if wrong {
		output = append(output, 'x')
	}
	hash := sha256.Sum256(output)
	return tasktypes.Leaf{Unit: unit, Gas: uint64(1_000 + unit), OutputHash: hash[:]}
}

func (f *fixture) compute(b tasktypes.Batch, wrong ...uint32) work {
	f.Helper()
	first := b.Index * f.job(b.JobId).Spec.BatchSize
	w := work{key: protocol.Key{1, byte(b.Index), byte(b.Epoch)}}
	var leaves []protocol.Leaf
	for unit := first; unit < first+b.Units; unit++ {
		leaf := leafOf(unit, slices.Contains(wrong, unit))
		encoded, err := leaf.Protocol()
		require.NoError(f, err)
		w.leaves, leaves, w.gas = append(w.leaves, leaf), append(leaves, encoded), w.gas+leaf.Gas
	}
	w.root = protocol.BatchRoot(b.JobId, first, leaves)
	return w
}

// commit accepts the offer of a batch and commits a work.
func (f *fixture) commit(b tasktypes.Batch, w work) tasktypes.Batch {
	f.Helper()
	owner, err := f.text.StringToBytes(b.Lease.Worker)
	require.NoError(f, err)
	account, err := protocol.AccountFromBytes(owner)
	require.NoError(f, err)
	lease := protocol.LeaseID{Worker: account, Job: b.JobId, Batch: b.Index, Epoch: b.Epoch}
	commitment := protocol.Commitment(lease, w.key, w.root, w.gas)
	wrapped := make([]byte, protocol.WrappedKeyLength)
	must(f, f.jobs.Commit, &tasktypes.MsgCommit{
		Operator: f.registered(b.Lease.Worker).Operator, JobId: b.JobId, Batch: b.Index, Epoch: b.Epoch,
		Commitment: commitment[:], SealedLeaves: make([]byte, protocol.SealedLeavesLength(b.Units)), OutputsHash: make([]byte, 32),
		WrappedKeys: []tasktypes.WrappedKey{
			{Kind: tasktypes.KeyKindOutputs, Recipient: f.named("alice"), Data: wrapped},
			{Kind: tasktypes.KeyKindLeaves, Recipient: b.Lease.Worker, Data: wrapped},
		},
		Locators: []string{"http://blobs:4001"},
	})
	return f.batch(b)
}

func openMsg(f *fixture, b tasktypes.Batch, w work) *tasktypes.MsgOpen {
	return &tasktypes.MsgOpen{
		Opener: f.named("bob"), JobId: b.JobId, Batch: b.Index, Epoch: b.Epoch, Key: w.key[:], GasTotal: w.gas, Leaves: w.leaves,
	}
}

func (f *fixture) showMsg(b tasktypes.Batch, w work) *types.MsgShowKey {
	return &types.MsgShowKey{
		Signer: f.named("bob"), JobId: b.JobId, Batch: b.Index, Epoch: b.Epoch, Key: w.key[:], Root: w.root[:], GasTotal: w.gas,
	}
}

// postMsg is the post of an auditor that computed these leaves wrong.
func (f *fixture) postMsg(a types.Audit, wrong ...uint32) *types.MsgPostAudit {
	f.Helper()
	owner, err := f.text.StringToBytes(a.Auditor)
	require.NoError(f, err)
	account, err := protocol.AccountFromBytes(owner)
	require.NoError(f, err)
	msg := &types.MsgPostAudit{
		Operator: f.registered(a.Auditor).Operator, JobId: a.JobId, Batch: a.Batch, Epoch: a.Epoch, Index: a.Index,
	}
	for _, unit := range a.Units {
		leaf, err := leafOf(unit, slices.Contains(wrong, unit)).Protocol()
		require.NoError(f, err)
		hash := protocol.AuditHash(account, leaf.Preimage(a.JobId, unit))
		msg.Hashes = append(msg.Hashes, hash[:])
	}
	return msg
}

// offered submits a job among three workers and returns its first batch as it is offered to wendy.
func (f *fixture) offered(change ...func(*tasktypes.JobSpec)) tasktypes.Batch {
	f.Helper()
	f.worker("wendy", 400_000)
	f.worker("ann", 500_000)
	f.worker("arno", 600_000)
	spec := f.spec()
	for _, c := range change {
		c(&spec)
	}
	job := f.submit(spec)
	f.endBlock()
	b := f.batch(tasktypes.Batch{JobId: job.Id})
	require.Equal(f, tasktypes.BATCH_STATE_OFFERED, b.State)
	return b
}

// selected brings the first batch of a job to AuditWait, with its auditors drawn.
func (f *fixture) selected(change ...func(*tasktypes.JobSpec)) (tasktypes.Batch, work) {
	f.Helper()
	b := f.offered(change...)
	w := f.compute(b)
	f.commit(b, w)
	b = f.tossed(b)
	require.Equal(f, tasktypes.BATCH_STATE_AUDIT_WAIT, b.State)
	return b, w
}

// tossed ends blocks until a committed batch's coins are over.
func (f *fixture) tossed(b tasktypes.Batch) tasktypes.Batch {
	f.Helper()
	for range 8 {
		if f.batch(b).State != tasktypes.BATCH_STATE_COMMITTED {
			break
		}
		f.endBlock()
	}
	b = f.batch(b)
	require.NotEqual(f, tasktypes.BATCH_STATE_COMMITTED, b.State)
	return b
}

// audited lets the auditors of a committed batch post leaves that are wrong in some units.
func (f *fixture) audited(b tasktypes.Batch, wrong ...uint32) {
	f.Helper()
	for _, a := range f.audits(f.tossed(b)) {
		must(f, f.msgs.PostAudit, f.postMsg(a, wrong...))
	}
}

// opening brings the first batch of a job to Opening, its audits posted.
func (f *fixture) opening(wrong ...uint32) (tasktypes.Batch, work) {
	f.Helper()
	b, w := f.selected()
	for _, a := range f.audits(b) {
		must(f, f.msgs.PostAudit, f.postMsg(a, wrong...))
	}
	b = f.batch(b)
	require.Equal(f, tasktypes.BATCH_STATE_OPENING, b.State)
	return b, w
}
