package crowd_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"time"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/protocol"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
	workerkeeper "github.com/dmcn/dmcn/chain/x/worker/keeper"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

// The operations that are measured. A draw in vain looks at as many workers as a draw ever does and finds none that
// fits; an offer is the end of a block in which a batch is drawn and offered; settle pays the batch and ends its job.
const (
	register   = "register"
	drawInVain = "draw"
	offer      = "offer"
	accept     = "accept"
	commit     = "commit"
	open       = "open"
	settle     = "settle"
	// toDisk is the writing of a block with one offer in it to trees and database.
	toDisk = "block"
)

var operations = []string{register, drawInVain, offer, accept, commit, open, settle}

const (
	ask      = 1_000
	maxPrice = 2_000
	gasLimit = 1_000_000
	units    = 4
)

var (
	requester = account(people, 0)
	author    = account(people, 1)
	opener    = account(people, 2)
)

// prepare gives the requester coins and stores the module of all jobs, whose id it returns.
func (c *chain) prepare() []byte {
	c.Helper()
	raw := []byte{0, 'a', 's', 'm', 1, 0, 0, 0}
	id := tasktypes.ModuleID(raw)
	if _, err := c.tasks.Module(c.ctx, id); err == nil {
		return id
	}
	for _, person := range []sdk.AccAddress{requester, author} {
		c.fund(person, math.NewInt(1_000*lot))
	}
	var zipped bytes.Buffer
	w := gzip.NewWriter(&zipped)
	_, err := w.Write(raw)
	require.NoError(c, err)
	require.NoError(c, w.Close())
	_, err = c.msgs.StoreModule(c.ctx, &tasktypes.MsgStoreModule{Author: text(author), Code: zipped.Bytes(), RoyaltyBps: 1_000, Name: "crowd"})
	require.NoError(c, err)
	c.commit()
	return id
}

// life leads one batch from the registration of a worker to the refund of its job, and returns what each operation cost.
func (c *chain) life(module []byte) map[string]cost {
	c.Helper()
	costs := map[string]cost{register: c.register()}

	vain := c.submit(module, "nobody has it")
	c.meet(vain, protocol.MaxPickTries)
	costs[drawInVain] = c.measure(c.endBlock)
	require.Zero(c, c.job(vain).NextBatch)
	message(c, c.msgs.CancelJob, &tasktypes.MsgCancelJob{Requester: text(requester), JobId: vain})
	c.block()
	require.Equal(c, tasktypes.JOB_STATE_EXPIRED, c.job(vain).State)

	id := c.submit(module)
	c.meet(id, 3)
	costs[offer] = c.measure(c.endBlock)
	start := time.Now()
	c.commit()
	costs[toDisk] = cost{time: time.Since(start)}

	operator := text(c.operator(c.batch(id)))
	costs[accept] = message(c, c.msgs.AcceptOffer, &tasktypes.MsgAcceptOffer{Operator: operator, JobId: id})
	c.block()
	commitMsg, openMsg := c.work(id, operator)
	costs[commit] = message(c, c.msgs.Commit, commitMsg)
	for c.batch(id).State == tasktypes.BATCH_STATE_COMMITTED {
		c.block()
	}
	costs[open] = message(c, c.msgs.Open, openMsg)
	c.block()
	costs[settle] = message(c, c.msgs.AcceptBatch, &tasktypes.MsgAcceptBatch{Requester: text(requester), JobId: id})
	require.Equal(c, tasktypes.JOB_STATE_SETTLED, c.job(id).State)
	c.block()
	return costs
}

// message runs a message as a transaction does.
func message[Req, Resp any](c *chain, handle func(context.Context, Req) (Resp, error), msg Req) cost {
	c.Helper()
	return c.measure(func(ctx sdk.Context) error {
		_, err := handle(ctx, msg)
		return err
	})
}

// register registers a further worker with one lot.
func (c *chain) register() cost {
	c.Helper()
	id := sha256.Sum256(binary.BigEndian.AppendUint64(nil, uint64(c.ctx.BlockHeight())))
	owner := sdk.AccAddress(id[:workertypes.OwnerLength])
	c.fund(owner, math.NewInt(lot))
	t := terms()
	spent := message(c, workerkeeper.NewMsgServer(c.workers).Register, &workertypes.MsgRegister{
		Owner: text(owner), Operator: text(owner), EncryptionKey: t.EncryptionKey, Ask: t.Ask, Rate: t.Rate, Memory: t.Memory,
		Bond: math.NewInt(lot),
	})
	c.block()
	return spent
}

// submit submits a job of one batch.
func (c *chain) submit(module []byte, features ...string) uint64 {
	c.Helper()
	resp, err := c.msgs.SubmitJob(c.ctx, &tasktypes.MsgSubmitJob{
		Requester: text(requester), MaxEscrow: math.NewInt(lot),
		Spec: tasktypes.JobSpec{
			ModuleId: module, Units: units, BatchSize: units, GasLimit: gasLimit, MemoryLimit: 64 << 20,
			MaxPrice: math.NewInt(maxPrice), InputRoot: make([]byte, 32), InputIndex: make([]byte, 32),
			EncryptionKey: bytes.Repeat([]byte{1}, 32), Mode: tasktypes.MODE_PUBLIC, Features: features,
			Assurance: tasktypes.Assurance{AuditBps: 2_000, Auditors: 1, Samples: 1},
			Locators:  []string{"http://blobs:4001"}, Deadline: c.ctx.BlockHeight() + 1_000,
		},
	})
	require.NoError(c, err)
	return resp.JobId
}

// meet sets a seed whose first picks for a job are different workers: one that is met twice costs a read more, and how
// often that happens is a matter of luck.
func (c *chain) meet(id uint64, picks uint32) {
	c.Helper()
	for nonce := uint64(0); ; nonce++ {
		c.beacon.seed = sha256.Sum256(binary.BigEndian.AppendUint64(nil, nonce))
		if c.distinct(protocol.Random(c.beacon.seed, protocol.PurposeDraw, protocol.RandomID{Job: id}), picks) {
			return
		}
	}
}

func (c *chain) distinct(random protocol.Hash, picks uint32) bool {
	slots, err := c.workers.Slots(c.ctx)
	require.NoError(c, err)
	met := map[string]bool{}
	for try := range picks {
		slot, err := protocol.Pick(random, try, slots)
		require.NoError(c, err)
		owner, err := c.workers.OwnerAt(c.ctx, slot)
		require.NoError(c, err)
		met[string(owner)] = true
	}
	return len(met) == int(picks)
}

func (c *chain) job(id uint64) tasktypes.Job {
	c.Helper()
	job, err := c.tasks.Job(c.ctx, id)
	require.NoError(c, err)
	return job
}

// batch is the only one of a job.
func (c *chain) batch(id uint64) tasktypes.Batch {
	c.Helper()
	_, batch, err := c.tasks.Batch(c.ctx, id, 0)
	require.NoError(c, err)
	return batch
}

func (c *chain) operator(b tasktypes.Batch) sdk.AccAddress {
	c.Helper()
	owner, err := bech32.StringToBytes(b.Lease.Worker)
	require.NoError(c, err)
	worker, err := c.workers.Get(c.ctx, owner)
	require.NoError(c, err)
	operator, err := bech32.StringToBytes(worker.Operator)
	require.NoError(c, err)
	return operator
}

// work is what the holder of a job's batch commits and anybody opens.
func (c *chain) work(id uint64, operator string) (*tasktypes.MsgCommit, *tasktypes.MsgOpen) {
	c.Helper()
	b, key := c.batch(id), protocol.Key{1}
	leaves, plain := make([]tasktypes.Leaf, units), make([]protocol.Leaf, units)
	for unit := range leaves {
		hash := sha256.Sum256([]byte{byte(unit)})
		leaves[unit] = tasktypes.Leaf{Unit: uint32(unit), Gas: gasLimit, OutputHash: hash[:]}
		leaf, err := leaves[unit].Protocol()
		require.NoError(c, err)
		plain[unit] = leaf
	}
	owner, err := bech32.StringToBytes(b.Lease.Worker)
	require.NoError(c, err)
	worker, err := protocol.AccountFromBytes(owner)
	require.NoError(c, err)
	commitment := protocol.Commitment(
		protocol.LeaseID{Worker: worker, Job: id}, key, protocol.BatchRoot(id, 0, plain), units*gasLimit,
	)
	wrapped := make([]byte, protocol.WrappedKeyLength)
	return &tasktypes.MsgCommit{
			Operator: operator, JobId: id, Commitment: commitment[:],
			SealedLeaves: make([]byte, protocol.SealedLeavesLength(units)), OutputsHash: make([]byte, 32),
			WrappedKeys: []tasktypes.WrappedKey{
				{Kind: tasktypes.KeyKindOutputs, Recipient: text(requester), Data: wrapped},
				{Kind: tasktypes.KeyKindLeaves, Recipient: b.Lease.Worker, Data: wrapped},
			},
			Locators: []string{"http://blobs:4001"},
		}, &tasktypes.MsgOpen{
			Opener: text(opener), JobId: id, Key: key[:], GasTotal: units * gasLimit, Leaves: leaves,
		}
}
