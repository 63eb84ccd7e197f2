package app_test

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	"github.com/cosmos/cosmos-sdk/x/feegrant"

	"github.com/dmcn/dmcn/chain/internal/apptest"
	"github.com/dmcn/dmcn/chain/protocol"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

const (
	purse   = 1_000_000_000
	bond    = 10_000_000
	workers = 3
	units   = 20
	perUnit = 1_000_000 // gas, the half of the limit
	ask     = 500_000   // udmc per 10^9 gas
)

func workerName(i int) string { return fmt.Sprintf("worker%d", i) }

func operatorOf(worker string) string { return worker + "-operator" }

// TestAJobFromItsSubmissionToItsRefund runs the whole application: three workers whose operators have no coins of their
// own, a module with a royalty, and a job of seven batches, drawn by the validators' proofs.
func TestAJobFromItsSubmissionToItsRefund(t *testing.T) {
	l := newLedger(t, purse, "alice", "author", "bob", workerName(0), workerName(1), workerName(2))
	l.registerWorkers()
	module := l.storeModule()
	deposit := purse - fee - l.balance("author")
	job := l.submit(module)
	require.EqualValues(t, purse-fee-job.Funded.Int64(), l.balance("alice"))

	spent := l.work(job.Id)

	job = l.job(job.Id)
	require.Equal(t, tasktypes.JOB_STATE_SETTLED, job.State)
	require.EqualValues(t, job.Batches, job.FinalBatches)
	pays, earned, audits := l.pays(job), int64(0), job.Audits.Int64()
	for i := range workers {
		name := workerName(i)
		w, err := l.app().WorkerKeeper.Get(l.ctx(), l.addr(name))
		require.NoError(t, err)
		require.EqualValues(t, bond, w.Bond.Int64())
		require.True(t, w.Locked.IsZero() && w.Reserved.IsZero() && w.Load == 0, "%+v", w)
		gain := l.balance(name) + bond - (purse - spent[name])
		require.GreaterOrEqual(t, gain, pays[l.named(name)], "%s has its pay, and the fees of audits that nobody posted", name)
		earned += gain
	}
	earned -= audits
	require.Positive(t, audits)
	require.Equal(t, job.Paid.Int64(), earned)
	require.EqualValues(t, units*perUnit*ask/1_000_000_000, earned)
	require.EqualValues(t, purse-fee-deposit+job.Royalties.Int64(), l.balance("author"))
	require.Equal(t, earned/10, job.Royalties.Int64())
	require.Equal(t, earned/50, job.Fees.Int64())
	require.Equal(t, job.Funded.Sub(job.Paid).Sub(job.Royalties).Sub(job.Fees).Sub(job.Audits).String(), job.Refunded.String())
	require.Equal(t, purse-spent["alice"]-earned-audits-job.Royalties.Int64()-job.Fees.Int64(), l.balance("alice"))

	l.leave()
}

// TestRefusedMessagesCostTheirFeeOnly sends what must not pass while batches are offered and committed.
func TestRefusedMessagesCostTheirFeeOnly(t *testing.T) {
	l := newLedger(t, purse, "alice", "author", "bob", workerName(0), workerName(1), workerName(2))
	l.registerWorkers()
	job := l.submit(l.storeModule())
	l.block(nil)
	b := l.batch(job.Id, 0)
	require.Equal(t, tasktypes.BATCH_STATE_OFFERED, b.State)
	holder, other := l.holder(b), ""
	for i := range workers {
		if workerName(i) != holder {
			other = workerName(i)
		}
	}

	stolen := l.commit(b)
	stolen.Operator = l.named(operatorOf(other))
	l.refused(operatorOf(other), tasktypes.ErrNoLease, stolen)
	late := l.commit(b)
	late.Epoch = 1
	l.refused(operatorOf(holder), tasktypes.ErrWrongEpoch, late)
	l.block(map[string][]sdk.Msg{operatorOf(holder): {l.commit(b)}})
	l.refused(operatorOf(holder), tasktypes.ErrAlreadyCommitted, l.commit(b))
	l.refused(holder, workertypes.ErrInsufficientBond, &workertypes.MsgWithdraw{Owner: l.named(holder), Amount: math.NewInt(bond)})
	l.refused("bob", workertypes.ErrUnknownWorker, &workertypes.MsgBond{Owner: l.named("bob"), Amount: math.NewInt(bond)})
	l.refused("bob", workertypes.ErrInvalidAsk, &workertypes.MsgRegister{
		Owner: l.named("bob"), Operator: l.named("bob"), EncryptionKey: bytes.Repeat([]byte{1}, 32),
		Ask: math.NewInt(2_000_000_000), Rate: 1_000_000_000, Memory: 64 << 20, Bond: math.NewInt(bond),
	})
	for l.batch(job.Id, 0).State != tasktypes.BATCH_STATE_OPENING {
		l.block(nil)
	}
	wrong := l.open(b)
	wrong.Key[0]++
	l.refused("bob", tasktypes.ErrOpeningMismatch, wrong)

	require.EqualValues(t, purse-bond-5*fee, l.balance(holder), "registration, three commits, withdrawal")
	require.EqualValues(t, purse-bond-2*fee, l.balance(other), "registration, commit")
	require.EqualValues(t, purse-3*fee, l.balance("bob"))
	require.EqualValues(t, purse-fee-job.Funded.Int64(), l.balance("alice"))
	apptest.RequireRoundTrip(t, l.app(), apptest.NewApp(t.TempDir()), l.Time)
}

// registerWorkers registers all workers, and lets owners pay the fees of their operators.
func (l *ledger) registerWorkers() {
	l.Helper()
	messages := map[string][]sdk.Msg{}
	for i := range workers {
		name := workerName(i)
		key := sha256.Sum256([]byte(name))
		grant, err := feegrant.NewMsgGrantAllowance(&feegrant.BasicAllowance{}, l.addr(name), l.addr(operatorOf(name)))
		require.NoError(l, err)
		l.payers[operatorOf(name)] = name
		messages[name] = []sdk.Msg{grant, &workertypes.MsgRegister{
			Owner: l.named(name), Operator: l.named(operatorOf(name)), EncryptionKey: key[:],
			Ask: math.NewInt(ask), Rate: 1_000_000_000, Memory: 512 << 20, Bond: math.NewInt(bond),
		}}
	}
	l.block(messages)
	slots, err := l.app().WorkerKeeper.Slots(l.ctx())
	require.NoError(l, err)
	require.EqualValues(l, workers*1_000, slots)
}

func (l *ledger) storeModule() []byte {
	l.Helper()
	raw := []byte{0, 'a', 's', 'm', 1, 0, 0, 0}
	var zipped bytes.Buffer
	w := gzip.NewWriter(&zipped)
	_, err := w.Write(raw)
	require.NoError(l, err)
	require.NoError(l, w.Close())
	l.block(map[string][]sdk.Msg{"author": {&tasktypes.MsgStoreModule{
		Author: l.named("author"), Code: zipped.Bytes(), RoyaltyBps: 1_000, Name: "nothing",
	}}})
	return tasktypes.ModuleID(raw)
}

// submit submits a job of 20 units in batches of 3, the last one shorter.
func (l *ledger) submit(module []byte) tasktypes.Job {
	l.Helper()
	l.block(map[string][]sdk.Msg{"alice": {&tasktypes.MsgSubmitJob{
		Requester: l.named("alice"), MaxEscrow: math.NewInt(purse / 2),
		Spec: tasktypes.JobSpec{
			ModuleId: module, Units: units, BatchSize: 3, GasLimit: 2 * perUnit, MemoryLimit: 64 << 20,
			MaxPrice: math.NewInt(2 * ask), InputRoot: make([]byte, 32), InputIndex: make([]byte, 32),
			EncryptionKey: bytes.Repeat([]byte{1}, 32), Mode: tasktypes.MODE_PUBLIC,
			Assurance: tasktypes.Assurance{AuditBps: 2_000, Auditors: 1, Samples: 1},
			Locators:  []string{"http://blobs:4001"}, Deadline: l.Height + 500,
		},
	}}})
	return l.job(1)
}

func (l *ledger) job(id uint64) tasktypes.Job {
	l.Helper()
	job, err := l.app().TaskKeeper.Job(l.ctx(), id)
	require.NoError(l, err)
	return job
}

func (l *ledger) batch(id uint64, index uint32) tasktypes.Batch {
	l.Helper()
	_, batch, err := l.app().TaskKeeper.Batch(l.ctx(), id, index)
	require.NoError(l, err)
	return batch
}

// work lets everybody do what is theirs until the job is over, and returns what each spent on fees.
func (l *ledger) work(id uint64) map[string]int64 {
	l.Helper()
	spent := map[string]int64{"alice": fee}
	for i := range workers {
		spent[workerName(i)] = fee
	}
	for range 200 {
		job := l.job(id)
		if job.State != tasktypes.JOB_STATE_OPEN {
			return spent
		}
		messages := map[string][]sdk.Msg{}
		for i := range job.NextBatch {
			if name, msg := l.next(l.batch(id, i)); msg != nil {
				messages[name] = append(messages[name], msg)
			}
		}
		l.block(messages)
		for name := range messages {
			if payer, ok := l.payers[name]; ok {
				name = payer
			}
			spent[name] += fee
		}
	}
	require.FailNow(l, "the job is not over", "%+v", l.job(id))
	return nil
}

// next is the message that a batch waits for, and who sends it. Even batches are committed straight from the offer;
// the first batch waits for the end of its challenge window.
func (l *ledger) next(b tasktypes.Batch) (string, sdk.Msg) {
	l.Helper()
	switch b.State {
	case tasktypes.BATCH_STATE_OFFERED:
		name := operatorOf(l.holder(b))
		if b.Index%2 == 0 {
			return name, l.commit(b)
		}
		return name, &tasktypes.MsgAcceptOffer{Operator: l.named(name), JobId: b.JobId, Batch: b.Index, Epoch: b.Epoch}
	case tasktypes.BATCH_STATE_LEASED:
		return operatorOf(l.holder(b)), l.commit(b)
	case tasktypes.BATCH_STATE_OPENING:
		return "bob", l.open(b)
	case tasktypes.BATCH_STATE_CHALLENGE:
		if b.Index > 0 {
			return "alice", &tasktypes.MsgAcceptBatch{
				Requester: l.named("alice"), JobId: b.JobId, Batch: b.Index, Epoch: b.Epoch,
			}
		}
	}
	return "", nil
}

func (l *ledger) holder(b tasktypes.Batch) string {
	l.Helper()
	for i := range workers {
		if l.named(workerName(i)) == b.Lease.Worker {
			return workerName(i)
		}
	}
	require.FailNow(l, "no such worker", b.Lease.Worker)
	return ""
}

// computed is what a batch's holder found: each unit's output is its number, unless the first holder makes it up.
func (l *ledger) computed(b tasktypes.Batch) (key protocol.Key, leaves []tasktypes.Leaf) {
	key = protocol.Key{byte(b.Index + 1)}
	for i := range b.Units {
		unit := b.Index*3 + i
		output := binary.BigEndian.AppendUint32(nil, unit)
		if l.madeUp && b.Epoch == 0 {
			output = append(output, '!')
		}
		hash := sha256.Sum256(output)
		leaves = append(leaves, tasktypes.Leaf{Unit: unit, Gas: perUnit, OutputHash: hash[:]})
	}
	return key, leaves
}

func (l *ledger) commit(b tasktypes.Batch) *tasktypes.MsgCommit {
	l.Helper()
	name := l.holder(b)
	account, err := protocol.AccountFromBytes(l.addr(name))
	require.NoError(l, err)
	key, leaves := l.computed(b)
	plain := make([]protocol.Leaf, len(leaves))
	for i, leaf := range leaves {
		plain[i], err = leaf.Protocol()
		require.NoError(l, err)
	}
	commitment := protocol.Commitment(
		protocol.LeaseID{Worker: account, Job: b.JobId, Batch: b.Index, Epoch: b.Epoch},
		key, protocol.BatchRoot(b.JobId, leaves[0].Unit, plain), uint64(len(leaves))*perUnit,
	)
	wrapped := make([]byte, protocol.WrappedKeyLength)
	return &tasktypes.MsgCommit{
		Operator: l.named(operatorOf(name)), JobId: b.JobId, Batch: b.Index, Epoch: b.Epoch, Commitment: commitment[:],
		SealedLeaves: make([]byte, protocol.SealedLeavesLength(b.Units)), OutputsHash: make([]byte, 32),
		WrappedKeys: []tasktypes.WrappedKey{
			{Kind: tasktypes.KeyKindOutputs, Recipient: l.named("alice"), Data: wrapped},
			{Kind: tasktypes.KeyKindLeaves, Recipient: b.Lease.Worker, Data: wrapped},
		},
		Locators: []string{"http://blobs:4001"},
	}
}

func (l *ledger) open(b tasktypes.Batch) *tasktypes.MsgOpen {
	key, leaves := l.computed(b)
	return &tasktypes.MsgOpen{
		Opener: l.named("bob"), JobId: b.JobId, Batch: b.Index, Epoch: b.Epoch, Key: key[:],
		GasTotal: uint64(len(leaves)) * perUnit, Leaves: leaves,
	}
}

// pays is what each worker has to get for its batches.
func (l *ledger) pays(job tasktypes.Job) map[string]int64 {
	l.Helper()
	pays := map[string]int64{}
	for i := range job.Batches {
		b := l.batch(job.Id, i)
		require.Equal(l, tasktypes.BATCH_STATE_FINAL, b.State)
		payment, err := protocol.BatchPayment(uint64(b.Units)*perUnit, math.NewInt(ask), job.RoyaltyBps, job.FeeBps)
		require.NoError(l, err)
		pays[b.Lease.Worker] += payment.Pay.Int64()
	}
	return pays
}

// leave withdraws all bonds, whose account is empty then.
func (l *ledger) leave() {
	l.Helper()
	messages := map[string][]sdk.Msg{}
	for i := range workers {
		name := workerName(i)
		messages[name] = []sdk.Msg{&workertypes.MsgWithdraw{Owner: l.named(name), Amount: math.NewInt(bond)}}
	}
	l.block(messages)
	for _, account := range []string{workertypes.BondAccount, tasktypes.EscrowAccount} {
		held := l.app().BankKeeper.GetBalance(l.ctx(), l.app().AccountKeeper.GetModuleAddress(account), workertypes.BondDenom)
		require.True(l, held.IsZero(), "%s holds %s", account, held)
	}
	slots, err := l.app().WorkerKeeper.Slots(l.ctx())
	require.NoError(l, err)
	require.Zero(l, slots)
}

// TestNobodyTakesAModuleAccountsPlace sends coins to each account that owes to people before it was ever used. As an account
// of nobody in particular it would refuse the module that owns it for good.
func TestNobodyTakesAModuleAccountsPlace(t *testing.T) {
	l := newLedger(t, purse, "alice", "author", workerName(0), workerName(1), workerName(2))
	var msgs []sdk.Msg
	for _, account := range []string{tasktypes.EscrowAccount, tasktypes.DepositAccount, workertypes.BondAccount} {
		to := l.app().AccountKeeper.GetModuleAddress(account)
		msgs = append(msgs, banktypes.NewMsgSend(l.addr("alice"), to, sdk.NewCoins(sdk.NewInt64Coin(tasktypes.Denom, 1))))
	}
	l.block(map[string][]sdk.Msg{"alice": msgs})
	l.registerWorkers()
	require.Equal(t, tasktypes.JOB_STATE_OPEN, l.submit(l.storeModule()).State)
}
