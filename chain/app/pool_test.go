package app_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"math/rand/v2"
	"testing"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"

	"github.com/dmcn/dmcn/chain/app"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
)

// flooded is a network with a batch that is offered, and 70 people who each send a transaction that wants a seventh of a
// block's gas for ten times the usual price: as many as may wait.
func flooded(t *testing.T) (*ledger, tasktypes.Batch) {
	t.Helper()
	l := newLedger(t, purse, "alice", "author", "bob", workerName(0), workerName(1), workerName(2))
	var names []string
	for i := range 71 {
		names = append(names, fmt.Sprintf("person%d", i))
	}
	l.decide(l.gifts(1_000_000, names))
	l.registerWorkers()
	job := l.submit(l.storeModule())
	l.block(nil)
	for _, name := range names[:70] {
		require.Zero(t, l.check(l.expensive(name)).Code)
	}
	return l, l.batch(job.Id, 0)
}

func (l *ledger) expensive(name string) []byte {
	l.Helper()
	gas := app.PoolLimits().Gas / 70
	send := banktypes.NewMsgSend(l.addr(name), l.addr("bob"), sdk.NewCoins(sdk.NewInt64Coin(app.Denom, 1)))
	return l.signedFor(name, gas, int64(gas/100), send)
}

// check hands a transaction to the node's pool.
func (l *ledger) check(tx []byte) *abci.ResponseCheckTx {
	l.Helper()
	resp, err := l.app().CheckTx(&abci.RequestCheckTx{Tx: tx, Type: abci.CheckTxType_New})
	require.NoError(l, err)
	return resp
}

func TestAFloodCannotKeepOutACommit(t *testing.T) {
	l, batch := flooded(t)
	full := l.check(l.expensive("person70"))
	require.Equal(t, sdkerrors.ErrMempoolIsFull.ABCICode(), full.Code, full.Log)
	require.Equal(t, "sdk", full.Codespace)

	commit := l.signed(operatorOf(l.holder(batch)), l.commit(batch))
	require.Zero(t, l.check(commit).Code)
	block := l.Propose(0)
	require.Equal(t, commit, block[1], "the first after the beacon's proof")
	require.Equal(t, 5, len(block[2:]), "and as many others as the gas of a block is enough for")
	l.Decide(0, block)
	require.Equal(t, tasktypes.BATCH_STATE_COMMITTED, l.batch(batch.JobId, 0).State)
	require.NotContains(t, l.Propose(0), commit)
	require.Zero(t, l.check(l.expensive("person70")).Code, "there is room again")
}

// TestEqualPricesGoInTheOrderTheyCame fills several blocks by people who all pay the same: none of them is passed over.
func TestEqualPricesGoInTheOrderTheyCame(t *testing.T) {
	l := newLedger(t, purse, "alice", "bob")
	var names []string
	for i := range 21 {
		names = append(names, fmt.Sprintf("person%d", i))
	}
	l.decide(l.gifts(1_000_000, names))
	of := map[string]string{}
	for _, name := range names {
		tx := l.expensive(name)
		of[string(tx)] = name
		require.Zero(t, l.check(tx).Code)
	}
	for len(names) > 0 {
		block := l.Propose(0)
		var served []string
		for _, tx := range block[1:] {
			served = append(served, of[string(tx)])
		}
		require.NotEmpty(t, served)
		require.Equal(t, names[:len(served)], served)
		l.Decide(0, block)
		names = names[len(served):]
	}
}

func TestOnlyTheHolderComesFirst(t *testing.T) {
	l, batch := flooded(t)
	other := l.batch(batch.JobId, 1)
	stolen := l.commit(batch)
	for i := range workers {
		if workerName(i) != l.holder(batch) && workerName(i) != l.holder(other) {
			stolen.Operator = l.named(operatorOf(workerName(i)))
			resp := l.check(l.signed(operatorOf(workerName(i)), stolen))
			require.Equal(t, sdkerrors.ErrMempoolIsFull.ABCICode(), resp.Code, resp.Log)
			return
		}
	}
}

// TestTheLargestFitsIntoABlock sends what the rules allow at most: nothing of it may need more gas than a block has.
func TestTheLargestFitsIntoABlock(t *testing.T) {
	l := newLedger(t, purse, "alice", "author")
	random := rand.NewChaCha8([32]byte{})
	body := make([]byte, 697<<10)
	_, _ = random.Read(body)
	raw := append([]byte{0, 'a', 's', 'm', 1, 0, 0, 0}, body...)
	raw = append(raw, make([]byte, tasktypes.MaxModuleSize-len(raw))...)
	var zipped bytes.Buffer
	w, err := gzip.NewWriterLevel(&zipped, gzip.BestCompression)
	require.NoError(t, err)
	_, _ = w.Write(raw)
	require.NoError(t, w.Close())
	require.Greater(t, zipped.Len(), 690<<10)

	results := l.decide(l.largest("author", &tasktypes.MsgStoreModule{Author: l.named("author"), Code: zipped.Bytes(), Name: "large"}))
	require.Zero(t, results[0].Code, results[0].Log)
	t.Logf("a module of %d bytes, %d on the wire: %d gas", len(raw), zipped.Len(), results[0].GasUsed)

	results = l.decide(l.largest("alice", &tasktypes.MsgSubmitJob{
		Requester: l.named("alice"), MaxEscrow: math.NewInt(purse),
		Spec: tasktypes.JobSpec{
			ModuleId: tasktypes.ModuleID(raw), Units: 1 << 20, BatchSize: 1, GasLimit: 1_000, MemoryLimit: 64 << 20,
			MaxPrice: math.NewInt(1), InputRoot: make([]byte, 32), InputIndex: make([]byte, 32),
			EncryptionKey: bytes.Repeat([]byte{1}, 32), Mode: tasktypes.MODE_PUBLIC,
			Assurance: tasktypes.Assurance{AuditBps: 2_000, Auditors: 1, Samples: 1},
			Locators:  []string{"http://blobs:4001"}, Deadline: l.Height + 500,
		},
	}))
	require.Zero(t, results[0].Code, results[0].Log)
	t.Logf("a job of 2^20 batches: %d gas", results[0].GasUsed)
}

// largest is a transaction that wants all the gas of a block.
func (l *ledger) largest(name string, msg sdk.Msg) []byte {
	l.Helper()
	gas := app.BlockParams().MaxGas
	return l.signedFor(name, uint64(gas), gas/1_000, msg)
}
