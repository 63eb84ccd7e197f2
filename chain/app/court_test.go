package app_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/cosmos/cosmos-sdk/client/tx"
	"github.com/cosmos/cosmos-sdk/crypto/keyring"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/x/authz"

	"github.com/dmcn/dmcn/chain/app"
	"github.com/dmcn/dmcn/chain/internal/apptest"
	"github.com/dmcn/dmcn/chain/protocol"
	auditkeeper "github.com/dmcn/dmcn/chain/x/audit/keeper"
	audittypes "github.com/dmcn/dmcn/chain/x/audit/types"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

const refereeCost = 10_000 // of a devnet

// court is a ledger with one job of one batch of three units, which is always audited, a stranger, and a referee for each of the
// two validators.
type court struct {
	*ledger
	// spent is what each account paid in fees.
	spent map[string]int64
	// burned is what the chain burned since the first block.
	burned math.Int
	// sampled is the unit that the batch's auditor has.
	sampled uint32
}

func newCourt(t *testing.T) *court {
	t.Helper()
	names := []string{"alice", "author", "bob", "carl", "ref0", "ref1", workerName(0), workerName(1), workerName(2)}
	c := &court{ledger: newLedger(t, purse, names...), spent: map[string]int64{}, burned: math.ZeroInt()}
	c.registerWorkers()
	for i := range workers {
		c.spent[workerName(i)] += fee
	}
	for node := range 2 {
		c.appoint(node)
	}
	module := c.storeModule()
	c.say("alice", &tasktypes.MsgSubmitJob{
		Requester: c.named("alice"), MaxEscrow: math.NewInt(purse / 2),
		Spec: tasktypes.JobSpec{
			ModuleId: module, Units: 3, BatchSize: 3, GasLimit: 2 * perUnit, MemoryLimit: 64 << 20, MaxPrice: math.NewInt(2 * ask),
			InputRoot: inputRoot(), InputIndex: make([]byte, 32), EncryptionKey: bytes.Repeat([]byte{1}, 32), Mode: tasktypes.MODE_PUBLIC,
			Assurance: tasktypes.Assurance{AuditBps: 10_000, Auditors: 1, Samples: 1}, Locators: []string{"http://blobs:4001"},
			Deadline: c.Height + 500,
		},
	})
	return c
}

func inputItems() (items [][]byte) {
	for unit := range 3 {
		hash := sha256.Sum256(fmt.Appendf(nil, "input %d", unit))
		items = append(items, hash[:])
	}
	return items
}

func inputRoot() []byte {
	root := protocol.MerkleRoot(inputItems())
	return root[:]
}

// appoint lets account "refN" vote for the validator of a node.
func (c *court) appoint(node int) {
	c.Helper()
	keys, err := keyring.New(app.Name, keyring.BackendTest, c.Home(node), nil, c.app().AppCodec())
	require.NoError(c, err)
	operator, err := sdk.AccAddressFromBech32(c.operator(node))
	require.NoError(c, err)
	referee := c.addr(fmt.Sprintf("ref%d", node))
	msgs := []sdk.Msg{&audittypes.MsgRegisterReferee{
		Operator: operator.String(), Account: referee.String(), EncryptionKey: bytes.Repeat([]byte{9}, 32),
	}}
	for _, msg := range []sdk.Msg{&audittypes.MsgCommitVote{}, &audittypes.MsgRevealVote{}} {
		grant, err := authz.NewMsgGrant(operator, referee, authz.NewGenericAuthorization(sdk.MsgTypeURL(msg)), nil)
		require.NoError(c, err)
		msgs = append(msgs, grant)
	}
	factory := tx.Factory{}.WithTxConfig(c.app().TxConfig()).WithKeybase(keys).WithChainID(apptest.ChainID).
		WithAccountNumber(c.app().AccountKeeper.GetAccount(c.ctx(), operator).GetAccountNumber()).WithGas(gasLimit).
		WithUnordered(true).WithTimeoutTimestamp(c.Time.Add(time.Minute))
	builder, err := factory.BuildUnsignedTx(msgs...)
	require.NoError(c, err)
	require.NoError(c, tx.Sign(c.Context(), factory, "validator", builder, true))
	raw, err := c.app().TxConfig().TxEncoder()(builder.GetTx())
	require.NoError(c, err)
	for _, result := range c.decide(raw) {
		require.Zero(c, result.Code, result.Log)
	}
}

// operator is the account of the validator of a node.
func (c *court) operator(node int) string {
	c.Helper()
	keys, err := keyring.New(app.Name, keyring.BackendTest, c.Home(node), nil, c.app().AppCodec())
	require.NoError(c, err)
	record, err := keys.Key("validator")
	require.NoError(c, err)
	address, err := record.GetAddress()
	require.NoError(c, err)
	return address.String()
}

// say sends messages of one account, and counts what they cost.
func (c *court) say(name string, msgs ...sdk.Msg) {
	c.Helper()
	c.block(map[string][]sdk.Msg{name: msgs})
	c.count(name)
}

func (c *court) count(name string) {
	if payer, ok := c.payers[name]; ok {
		name = payer
	}
	c.spent[name] += fee
	c.burned = c.burned.Add(c.moved("burn"))
}

// until ends blocks until a height is decided.
func (c *court) until(height int64) {
	c.Helper()
	for c.Height < height {
		c.block(nil)
		c.burned = c.burned.Add(c.moved("burn"))
	}
}

// awaits ends blocks until something has happened.
func (c *court) awaits(what string, happened func() bool) {
	c.Helper()
	for range 30 {
		if happened() {
			return
		}
		c.until(c.Height + 1)
	}
	require.FailNow(c, "it never came", "%s: %+v, %+v", what, c.batch(1, 0), c.audits(c.batch(1, 0)))
}

func (c *court) state() tasktypes.BatchState { return c.batch(1, 0).State }

// committed lets the batch's holder commit, outputs that it made up or right ones, and waits for its auditor.
func (c *court) committed(madeUp bool) tasktypes.Batch {
	c.Helper()
	b := c.handedIn(madeUp)
	c.awaits("an auditor", func() bool {
		audits := c.audits(b)
		return len(audits) > 0 && audits[0].State == audittypes.AUDIT_STATE_DRAWN
	})
	return c.batch(1, 0)
}

// handedIn is a batch that was just committed.
func (c *court) handedIn(madeUp bool) tasktypes.Batch {
	c.Helper()
	c.awaits("an offer", func() bool { return c.state() == tasktypes.BATCH_STATE_OFFERED })
	b := c.batch(1, 0)
	c.madeUp = madeUp
	c.say(operatorOf(c.holder(b)), c.commit(b))
	return c.batch(1, 0)
}

func (c *court) audits(b tasktypes.Batch) []audittypes.Audit {
	c.Helper()
	queries := auditkeeper.NewQueryServer(c.app().AuditKeeper)
	found, err := queries.BatchAudits(c.ctx(), &audittypes.QueryBatchAuditsRequest{JobId: b.JobId, Batch: b.Index})
	require.NoError(c, err)
	return found.Audits
}

// audit lets the batch's auditor post the right leaf or the worker's, and returns who it is.
func (c *court) audit(b tasktypes.Batch, copied bool) string {
	c.Helper()
	a := c.audits(b)[0]
	c.sampled = a.Units[0]
	name := c.holder(tasktypes.Batch{Lease: &tasktypes.Lease{Worker: a.Auditor}})
	account, err := protocol.AccountFromBytes(c.addr(name))
	require.NoError(c, err)
	leaf := c.right(c.sampled)
	if copied {
		_, leaves := c.computed(b)
		leaf = leaves[c.sampled]
	}
	encoded, err := leaf.Protocol()
	require.NoError(c, err)
	hash := protocol.AuditHash(account, encoded.Preimage(b.JobId, c.sampled))
	c.say(operatorOf(name), &audittypes.MsgPostAudit{
		Operator: c.named(operatorOf(name)), JobId: b.JobId, Batch: b.Index, Epoch: b.Epoch, Index: a.Index, Hashes: [][]byte{hash[:]},
	})
	return name
}

// auditFee of the one audit of an epoch.
func (c *court) auditFee(job tasktypes.Job) int64 {
	c.Helper()
	paid, err := protocol.AuditFee(0, perUnit, math.NewInt(ask), job.Spec.MaxPrice, job.AuditFloor)
	require.NoError(c, err)
	return paid.Int64()
}

// right is the leaf of a unit as everybody computes it who does.
func (c *court) right(unit uint32) tasktypes.Leaf {
	hash := sha256.Sum256(binary.BigEndian.AppendUint32(nil, unit))
	return tasktypes.Leaf{Unit: unit, Gas: perUnit, OutputHash: hash[:]}
}

func (c *court) proof(items [][]byte, index uint32) tasktypes.Proof {
	c.Helper()
	p, err := protocol.MerkleProof(items, int(index))
	require.NoError(c, err)
	return tasktypes.Proof{Total: p.Total, Index: p.Index, Aunts: p.Aunts}
}

func (c *court) input(b tasktypes.Batch, unit uint32) *audittypes.MsgPostInput {
	c.Helper()
	return &audittypes.MsgPostInput{
		Poster: c.named("bob"), JobId: b.JobId, Batch: b.Index, Epoch: b.Epoch, Unit: unit, Input: fmt.Appendf(nil, "input %d", unit),
		Proof: c.proof(inputItems(), unit),
	}
}

func (c *court) challenge(b tasktypes.Batch, unit uint32) *audittypes.MsgChallenge {
	c.Helper()
	queries := auditkeeper.NewQueryServer(c.app().AuditKeeper)
	least, err := queries.ChallengeDeposit(c.ctx(), &audittypes.QueryChallengeDepositRequest{JobId: b.JobId})
	require.NoError(c, err)
	_, leaves := c.computed(b)
	var items [][]byte
	for _, leaf := range leaves {
		encoded, err := leaf.Protocol()
		require.NoError(c, err)
		items = append(items, encoded.Preimage(b.JobId, leaf.Unit))
	}
	return &audittypes.MsgChallenge{
		Challenger: c.named("carl"), JobId: b.JobId, Batch: b.Index, Epoch: b.Epoch, Leaf: leaves[unit], LeafProof: c.proof(items, unit),
		Input: fmt.Appendf(nil, "input %d", unit), InputProof: c.proof(inputItems(), unit), Deposit: least.Deposit,
	}
}

func (c *court) accept(b tasktypes.Batch) *tasktypes.MsgAcceptBatch {
	return &tasktypes.MsgAcceptBatch{Requester: c.named("alice"), JobId: b.JobId, Batch: b.Index, Epoch: b.Epoch}
}

// ballot is the vote of the validator of a node for a leaf.
func (c *court) ballot(dispute uint64, node int, leaf tasktypes.Leaf) (*audittypes.MsgCommitVote, *audittypes.MsgRevealVote) {
	c.Helper()
	operator, err := sdk.AccAddressFromBech32(c.operator(node))
	require.NoError(c, err)
	account, err := protocol.AccountFromBytes(operator)
	require.NoError(c, err)
	encoded, err := leaf.Protocol()
	require.NoError(c, err)
	salt := [32]byte{byte(node)}
	hash := protocol.VoteHash(salt, account, dispute, encoded.Preimage(1, leaf.Unit))
	return &audittypes.MsgCommitVote{Operator: operator.String(), DisputeId: dispute, Hash: hash[:]},
		&audittypes.MsgRevealVote{Operator: operator.String(), DisputeId: dispute, Salt: salt[:], Leaf: leaf}
}

func (c *court) exec(by string, msg sdk.Msg) *authz.MsgExec {
	exec := authz.NewMsgExec(c.addr(by), []sdk.Msg{msg})
	return &exec
}

// vote lets both referees commit and reveal, each from its own account.
func (c *court) vote(dispute uint64, leaf tasktypes.Leaf) {
	c.Helper()
	c.until(c.Height + 1)
	commits, reveals := map[string][]sdk.Msg{}, map[string][]sdk.Msg{}
	for node := range 2 {
		name := fmt.Sprintf("ref%d", node)
		commit, reveal := c.ballot(dispute, node, leaf)
		commits[name], reveals[name] = []sdk.Msg{c.exec(name, commit)}, []sdk.Msg{c.exec(name, reveal)}
	}
	c.block(commits)
	c.block(reveals)
	_, err := c.app().AuditKeeper.Dispute(c.ctx(), dispute)
	require.ErrorIs(c, err, audittypes.ErrUnknownDispute, "it is decided in the block of the last reveal")
}

func (c *court) worker(name string) workertypes.Worker {
	c.Helper()
	w, err := c.app().WorkerKeeper.Get(c.ctx(), c.addr(name))
	require.NoError(c, err)
	return w
}

func (c *court) workerParams() workertypes.Params {
	c.Helper()
	params, err := c.app().WorkerKeeper.Params(c.ctx())
	require.NoError(c, err)
	return params
}

func (c *court) slashes() []workertypes.Slash {
	c.Helper()
	genesis, err := c.app().WorkerKeeper.ExportGenesis(c.ctx())
	require.NoError(c, err)
	return genesis.Slashes
}

// shares of a slash by account.
func (c *court) shares(s workertypes.Slash) map[string]int64 {
	paid := map[string]int64{}
	for _, share := range s.Shares {
		paid[share.Recipient] += share.Amount.Int64()
	}
	return paid
}
