package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	rpchttp "github.com/cometbft/cometbft/rpc/client/http"
	cmttypes "github.com/cometbft/cometbft/types"
	"github.com/stretchr/testify/require"

	"github.com/cosmos/cosmos-sdk/client/tx"
	"github.com/cosmos/cosmos-sdk/crypto/keyring"
	sdk "github.com/cosmos/cosmos-sdk/types"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"

	"github.com/dmcn/dmcn/chain/app"
	"github.com/dmcn/dmcn/chain/cmd/dmcnd/testnet"
	"github.com/dmcn/dmcn/chain/internal/apptest"
)

const (
	// asNode makes the test's program be dmcnd.
	asNode    = "DMCN_TEST_AS_NODE"
	blockTime = 250 * time.Millisecond
	patience  = 2 * time.Minute
)

var sink = sdk.AccAddress("everything goes here")

func TestMain(m *testing.M) {
	if os.Getenv(asNode) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// node is the only validator of a network, in a process of its own, that a test starts and ends as it likes.
type node struct {
	testing.TB
	home   string
	rpc    *rpchttp.HTTP
	keys   keyring.Keyring
	app    *app.App
	cmd    *exec.Cmd
	exited chan struct{}
	// blocks are the hashes of the blocks that the node ever said were decided, by height.
	blocks map[int64]string
}

func newNode(t testing.TB) *node {
	t.Helper()
	port := apptest.FreePorts(t, 2)
	dir := apptest.WriteHomes(t, testnet.Options{
		Validators: 1, BlockTime: blockTime, Ports: testnet.Ports{RPC: port, P2P: port + 1},
	})
	rpc, err := rpchttp.New(fmt.Sprintf("http://127.0.0.1:%d", port), "/websocket")
	require.NoError(t, err)
	n := &node{TB: t, home: filepath.Join(dir, "node0"), rpc: rpc, blocks: map[int64]string{}}
	n.app = apptest.NewApp(n.home)
	n.keys, err = keyring.New(app.Name, keyring.BackendTest, n.home, nil, n.app.AppCodec())
	require.NoError(t, err)
	t.Cleanup(func() {
		if n.cmd != nil {
			n.end(syscall.SIGKILL)
		}
		if t.Failed() {
			t.Log(n.log()[max(0, len(n.log())-20_000):])
		}
	})
	return n
}

// start starts the process; what it prints is added to the log.
func (n *node) start(env ...string) {
	n.Helper()
	log, err := os.OpenFile(n.logFile(), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	require.NoError(n, err)
	n.cmd = exec.Command(os.Args[0], "start", "--home", n.home, "--log_no_color", "--api.enable=false", "--grpc.enable=false")
	n.cmd.Env = append(append(os.Environ(), asNode+"=1"), env...)
	n.cmd.Stdout, n.cmd.Stderr = log, log
	require.NoError(n, n.cmd.Start())
	exited, cmd := make(chan struct{}), n.cmd
	n.exited = exited
	go func() {
		_ = cmd.Wait()
		_ = log.Close()
		close(exited)
	}()
}

// end sends a signal and waits until the process is gone. It returns the exit code, -1 for one that was killed.
func (n *node) end(signal syscall.Signal) int {
	n.Helper()
	_ = n.cmd.Process.Signal(signal)
	return n.wait()
}

func (n *node) wait() int {
	n.Helper()
	select {
	case <-n.exited:
		return n.cmd.ProcessState.ExitCode()
	case <-time.After(patience):
		require.FailNow(n, "the node does not end")
		return 0
	}
}

// height is the newest one, 0 while the node does not answer. Its block is remembered.
func (n *node) height() int64 {
	ctx, cancel := context.WithTimeout(n.Context(), 5*time.Second)
	defer cancel()
	status, err := n.rpc.Status(ctx)
	if err != nil {
		return 0
	}
	if height := status.SyncInfo.LatestBlockHeight; height > 0 {
		n.blocks[height] = status.SyncInfo.LatestBlockHash.String()
	}
	return status.SyncInfo.LatestBlockHeight
}

// grow waits until the chain has a number of blocks more than any that the node ever told of.
func (n *node) grow(blocks int64) int64 {
	n.Helper()
	var top, height int64
	for h := range n.blocks {
		top = max(top, h)
	}
	require.Eventually(n, func() bool {
		select {
		case <-n.exited:
			require.FailNow(n, "the node ended by itself")
		default:
		}
		height = n.height()
		return height >= top+blocks
	}, patience, 20*time.Millisecond, "stuck behind height %d", top)
	return height
}

func (n *node) logFile() string { return filepath.Join(n.home, "node.log") }

func (n *node) log() string {
	raw, err := os.ReadFile(n.logFile())
	require.NoError(n, err)
	return string(raw)
}

// block returns a block and how many transfers of it succeeded.
func (n *node) block(height int64) (*cmttypes.Block, int64) {
	n.Helper()
	block, err := n.rpc.Block(n.Context(), &height)
	require.NoError(n, err)
	results, err := n.rpc.BlockResults(n.Context(), &height)
	require.NoError(n, err)
	require.Len(n, results.TxsResults, len(block.Block.Txs))
	var done int64
	for _, result := range results.TxsResults[1:] {
		if result.Code == 0 {
			done++
		}
	}
	return block.Block, done
}

// ask asks the application for its newest state and returns the height of the answer.
func (n *node) ask(path string, request, response interface {
	Marshal() ([]byte, error)
	Unmarshal(raw []byte) error
},
) int64 {
	n.Helper()
	data, err := request.Marshal()
	require.NoError(n, err)
	answer, err := n.rpc.ABCIQuery(n.Context(), path, data)
	require.NoError(n, err)
	require.Zero(n, answer.Response.Code, answer.Response.Log)
	require.NoError(n, response.Unmarshal(answer.Response.Value))
	return answer.Response.Height
}

// transfers signs transfers of 1 udmc, each of which can be in a block once.
func (n *node) transfers() func() []byte {
	n.Helper()
	record, err := n.keys.Key("validator")
	require.NoError(n, err)
	from, err := record.GetAddress()
	require.NoError(n, err)
	var info authtypes.QueryAccountInfoResponse
	n.ask("/cosmos.auth.v1beta1.Query/AccountInfo", &authtypes.QueryAccountInfoRequest{Address: from.String()}, &info)
	last := time.Now().Add(8 * time.Minute)
	return func() []byte {
		last = last.Add(time.Millisecond)
		factory := tx.Factory{}.WithTxConfig(n.app.TxConfig()).WithKeybase(n.keys).WithChainID(apptest.ChainID).
			WithAccountNumber(info.Info.AccountNumber).WithGas(200_000).WithFees("200udmc").
			WithUnordered(true).WithTimeoutTimestamp(last)
		builder, err := factory.BuildUnsignedTx(banktypes.NewMsgSend(from, sink, sdk.NewCoins(sdk.NewInt64Coin(app.Denom, 1))))
		require.NoError(n, err)
		require.NoError(n, tx.Sign(n.Context(), factory, "validator", builder, true))
		raw, err := n.app.TxConfig().TxEncoder()(builder.GetTx())
		require.NoError(n, err)
		return raw
	}
}

// received is what the transfers moved, and the height of that state.
func (n *node) received() (amount, height int64) {
	n.Helper()
	var balance banktypes.QueryBalanceResponse
	height = n.ask("/cosmos.bank.v1beta1.Query/Balance", &banktypes.QueryBalanceRequest{
		Address: sink.String(), Denom: app.Denom,
	}, &balance)
	return balance.Balance.Amount.Int64(), height
}
