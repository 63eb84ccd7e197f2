package simulation

import (
	"cmp"
	"crypto/sha256"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"
	slashingtypes "github.com/cosmos/cosmos-sdk/x/slashing/types"

	"github.com/dmcn/dmcn/chain/protocol"
	audittypes "github.com/dmcn/dmcn/chain/x/audit/types"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

// openerPatience is what an opener leaves to whoever comes before it, in blocks, as the worker's process does.
const openerPatience = 10

// unjailEvery is how often a jailed validator tries to come back.
const unjailEvery = 50

type duty struct {
	by   *account
	msgs []sdk.Msg
}

// duties are what everybody who is there does in the next block.
func (o *outage) duties() []duty {
	var list []duty
	add := func(by *account, msgs ...sdk.Msg) { list = append(list, duty{by, msgs}) }
	for _, id := range those(o.batches, compareBatches) {
		o.attend(o.batches[id], id, add)
	}
	for _, id := range those(o.withheld, compareEpochs) {
		b := o.withheld[id]
		if k := o.workerOf(b.Lease.Worker); o.isThere(k) {
			add(k.owner, o.opening(k.owner, b, b.Epoch))
		}
	}
	for _, id := range those(o.audits, compareAudits) {
		a := o.audits[id]
		if k := o.workerOf(a.Auditor); o.isThere(k) && o.height >= o.ready[id] && o.height < a.Deadline {
			add(k.owner, o.post(k, a))
		}
	}
	for _, k := range o.workers {
		known, err := o.app.WorkerKeeper.Get(o.ctx(), k.owner.addr)
		if err == nil && o.isThere(k) && known.Status == workertypes.WORKER_STATUS_SET_ASIDE {
			add(k.owner, &workertypes.MsgResume{Signer: k.owner.text, Owner: k.owner.text})
		}
	}
	for _, v := range o.validators[:firstValidators] {
		known, err := o.app.StakingKeeper.GetValidator(o.ctx(), v.valoper())
		if err == nil && known.Jailed && o.height >= v.downUntil && o.height%unjailEvery == 0 {
			add(v.account, &slashingtypes.MsgUnjail{ValidatorAddr: v.valoper().String()})
		}
	}
	if o.height%o.plan.jobEvery == 0 && len(o.batches) < mostBatches {
		add(o.requesters[0].account, o.submission())
	}
	return list
}

// mostBatches keeps requesters from asking for more than there are workers for.
const mostBatches = 200

// attend does what a batch asks for.
func (o *outage) attend(b tasktypes.Batch, id batchID, add func(*account, ...sdk.Msg)) {
	if b.Lease == nil {
		return
	}
	k, epoch := o.workerOf(b.Lease.Worker), epochID{id, b.Epoch}
	switch b.State {
	case tasktypes.BATCH_STATE_OFFERED:
		if o.isThere(k) {
			add(k.owner, &tasktypes.MsgAcceptOffer{Operator: k.owner.text, JobId: b.JobId, Batch: b.Index, Epoch: b.Epoch})
		}
	case tasktypes.BATCH_STATE_LEASED:
		if o.isThere(k) && o.height >= o.ready[epoch] {
			add(k.owner, o.binding(k, b))
		}
	case tasktypes.BATCH_STATE_OPENING:
		if opener := o.openerOf(k, b, epoch); opener != nil {
			add(opener, o.opening(opener, b, b.Epoch))
		}
	case tasktypes.BATCH_STATE_QUEUED:
		if b.LateOpen > 0 && o.isThere(k) {
			add(k.owner, o.opening(k.owner, b, b.LateOpen-1))
		}
	case tasktypes.BATCH_STATE_DEMANDED:
		if o.isThere(k) {
			add(k.owner, o.answer(k, b))
		}
	case tasktypes.BATCH_STATE_CHALLENGE:
		r := o.requesters[0]
		// its process looks at the outputs and accepts; now and then it cannot read one, or is away itself
		switch at := b.JobId*31 + uint64(b.Index); {
		case at%50 == 0 && !b.Demanded:
			first := b.Index * batchSize
			add(r.account, &tasktypes.MsgDemandOutput{Requester: r.text, JobId: b.JobId, Batch: b.Index, Epoch: b.Epoch, Unit: first})
		case at%10 > 0:
			add(r.account, &tasktypes.MsgAcceptBatch{Requester: r.text, JobId: b.JobId, Batch: b.Index, Epoch: b.Epoch})
		}
	}
}

// openerOf is who opens a batch now: its worker, or the first of those with the key whose turn it is and who are there.
func (o *outage) openerOf(k *worker, b tasktypes.Batch, epoch epochID) *account {
	if o.isThere(k) {
		return k.owner
	}
	if o.plan.alone {
		return nil
	}
	waited := o.height - o.since[epoch.batchID]
	for i, opener := range o.openers[epoch] {
		if o.isThere(opener) && waited >= openerPatience*int64(i+1) {
			return opener.owner
		}
	}
	for i, account := range b.Lease.Openers {
		for _, v := range o.validators {
			if v.text == account && o.height >= v.downUntil && waited >= openerPatience*int64(len(o.openers[epoch])+i+1) {
				return v.account
			}
		}
	}
	return nil
}

func (o *outage) job(id uint64) tasktypes.Job {
	job, err := o.app.TaskKeeper.Job(o.ctx(), id)
	require.NoError(o, err)
	return job
}

// binding commits a batch, and gives the key to two others that are there.
func (o *outage) binding(k *worker, b tasktypes.Batch) sdk.Msg {
	job, id := o.job(b.JobId), epochID{batchID{b.JobId, b.Index}, b.Epoch}
	if _, chosen := o.openers[id]; !chosen {
		var others []*worker
		for _, i := range o.r.Perm(len(o.workers)) {
			if other := o.workers[i]; other != k && o.isThere(other) && len(others) < 2 {
				others = append(others, other)
			}
		}
		o.openers[id] = others
	}
	binding, wrapped := commitment(o, k, b, compute(o, job, b, 0)), make([]byte, protocol.WrappedKeyLength)
	keys := []tasktypes.WrappedKey{
		{Kind: tasktypes.KeyKindOutputs, Recipient: job.Requester, Data: wrapped},
		{Kind: tasktypes.KeyKindLeaves, Recipient: k.owner.text, Data: wrapped},
	}
	for _, other := range o.openers[id] {
		keys = append(keys, tasktypes.WrappedKey{Kind: tasktypes.KeyKindLeaves, Recipient: other.owner.text, Data: wrapped})
	}
	for _, account := range b.Lease.Openers {
		keys = append(keys, tasktypes.WrappedKey{Kind: tasktypes.KeyKindLeaves, Recipient: account, Data: wrapped})
	}
	return &tasktypes.MsgCommit{
		Operator: k.owner.text, JobId: b.JobId, Batch: b.Index, Epoch: b.Epoch, Commitment: binding[:],
		SealedLeaves: make([]byte, protocol.SealedLeavesLength(b.Units)), OutputsHash: binding[:], Locators: locators(), WrappedKeys: keys,
	}
}

func (o *outage) opening(by *account, b tasktypes.Batch, epoch uint32) sdk.Msg {
	b.Epoch = epoch
	done := compute(o, o.job(b.JobId), b, 0)
	return &tasktypes.MsgOpen{
		Opener: by.text, JobId: b.JobId, Batch: b.Index, Epoch: epoch, Key: done.key[:], GasTotal: done.gas, Leaves: done.leaves,
	}
}

func (o *outage) answer(k *worker, b tasktypes.Batch) sdk.Msg {
	done := compute(o, o.job(b.JobId), b, 0)
	at := int(b.Demand.Unit - done.leaves[0].Unit)
	proof, err := protocol.MerkleProof(done.items, at)
	require.NoError(o, err)
	return &tasktypes.MsgPostOutput{
		Poster: k.owner.text, JobId: b.JobId, Batch: b.Index, Epoch: b.Epoch, Leaf: done.leaves[at],
		Proof: tasktypes.Proof{Total: proof.Total, Index: proof.Index, Aunts: proof.Aunts}, Output: output(b.JobId, b.Demand.Unit),
	}
}

func (o *outage) post(k *worker, a audittypes.Audit) sdk.Msg {
	account, err := protocol.AccountFromBytes(k.owner.addr)
	require.NoError(o, err)
	msg := &audittypes.MsgPostAudit{Operator: k.owner.text, JobId: a.JobId, Batch: a.Batch, Epoch: a.Epoch, Index: a.Index}
	for _, unit := range a.Units {
		encoded, err := leaf(o.job(a.JobId), unit).Protocol()
		require.NoError(o, err)
		hash := protocol.AuditHash(account, encoded.Preimage(a.JobId, unit))
		msg.Hashes = append(msg.Hashes, hash[:])
	}
	return msg
}

const batchSize = 8

// submission is a job of eight batches.
func (o *outage) submission() sdk.Msg {
	name := sha256.Sum256(binaryOf(o.height))
	return &tasktypes.MsgSubmitJob{Requester: o.requesters[0].text, MaxEscrow: math.NewInt(purse), Spec: tasktypes.JobSpec{
		ModuleId: o.plan.module, Units: 8 * batchSize, BatchSize: batchSize, GasLimit: 1_000_000, MemoryLimit: 1 << 20,
		MaxPrice: math.NewInt(1_000_000), InputRoot: name[:], InputIndex: name[:], EncryptionKey: name[:], Mode: tasktypes.MODE_PUBLIC,
		Locators: locators(), Assurance: tasktypes.Assurance{AuditBps: 5_000, Auditors: 1, Samples: 1}, Deadline: o.height + o.plan.blocks,
	}}
}

func compareBatches(a, b batchID) int {
	return cmp.Or(cmp.Compare(a.job, b.job), cmp.Compare(a.index, b.index))
}

func compareEpochs(a, b epochID) int {
	return cmp.Or(compareBatches(a.batchID, b.batchID), cmp.Compare(a.epoch, b.epoch))
}

func compareAudits(a, b auditID) int {
	return cmp.Or(compareEpochs(a.epochID, b.epochID), cmp.Compare(a.index, b.index))
}
