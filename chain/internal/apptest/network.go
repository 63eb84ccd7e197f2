// Package apptest runs networks of real applications for tests.
package apptest

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/cometbft/cometbft/privval"
	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	cmttypes "github.com/cometbft/cometbft/types"
	dbm "github.com/cosmos/cosmos-db"
	"github.com/stretchr/testify/require"

	"cosmossdk.io/log/v2"

	"github.com/cosmos/cosmos-sdk/baseapp"
	simtestutil "github.com/cosmos/cosmos-sdk/testutil/sims"
	genutiltypes "github.com/cosmos/cosmos-sdk/x/genutil/types"

	"github.com/dmcn/dmcn/chain/app"
	"github.com/dmcn/dmcn/chain/cmd/dmcnd/nodeconfig"
	"github.com/dmcn/dmcn/chain/cmd/dmcnd/testnet"
)

const (
	// ChainID is the id of the networks of this package.
	ChainID    = "dmcn-test-1"
	maxTxBytes = 1 << 20
)

// Network is a chain replicated by applications in one process. There is no consensus engine: the test says who
// proposes, and all others have to accept.
type Network struct {
	t         testing.TB
	Apps      []*app.App
	Proposers [][]byte
	Height    int64
	Time      time.Time
	// BlockTime is how much later than the last one each block is.
	BlockTime time.Duration
	dir       string
}

// New starts a network of validators with a devnet's parameters, before its first block.
func New(t testing.TB, validators int) *Network {
	t.Helper()
	return start(t, testnet.Options{Validators: validators, Devnet: true, BlockTime: time.Second})
}

// NewPublic starts a network of validators with the parameters of a public network, before its first block.
func NewPublic(t testing.TB, validators int) *Network {
	t.Helper()
	return start(t, testnet.Options{Validators: validators, BlockTime: nodeconfig.BlockTime})
}

func start(t testing.TB, options testnet.Options) *Network {
	t.Helper()
	n := &Network{t: t, dir: writeHomes(t, options), BlockTime: options.BlockTime}
	genesis, err := genutiltypes.AppGenesisFromFile(filepath.Join(n.Home(0), "config", "genesis.json"))
	require.NoError(t, err)
	n.Time = genesis.GenesisTime
	params := genesis.Consensus.Params.ToProto()
	for i := range options.Validators {
		keyFile, stateFile := filepath.Join(n.Home(i), "config", "priv_validator_key.json"), filepath.Join(n.Home(i), "x")
		n.Proposers = append(n.Proposers, privval.LoadFilePVEmptyState(keyFile, stateFile).GetAddress())
		application := NewApp(n.Home(i))
		n.Apps = append(n.Apps, application)
		_, err := application.InitChain(&abci.RequestInitChain{
			Time: n.Time, ChainId: ChainID, ConsensusParams: &params, InitialHeight: 1, AppStateBytes: genesis.AppState,
		})
		require.NoError(t, err)
	}
	return n
}

// WriteHomes writes the homes of a network with a devnet's parameters below a directory that it returns.
func WriteHomes(t testing.TB, options testnet.Options) string {
	t.Helper()
	options.Devnet = true
	if options.BlockTime == 0 {
		options.BlockTime = time.Second
	}
	return writeHomes(t, options)
}

func writeHomes(t testing.TB, options testnet.Options) string {
	t.Helper()
	options.Output, options.ChainID = t.TempDir(), ChainID
	if options.Ports.Stride == 0 {
		options.Ports.Stride = 10
	}
	require.NoError(t, testnet.Write(t.Context(), NewApp(options.Output), options))
	return options.Output
}

// NewApp returns an application without data for a node's home.
func NewApp(home string, more ...func(*baseapp.BaseApp)) *app.App {
	options := simtestutil.NewAppOptionsWithFlagHome(home)
	return app.New(log.NewNopLogger(), dbm.NewMemDB(), true, options, append(more, baseapp.SetChainID(ChainID))...)
}

// Home is the home of a node.
func (n *Network) Home(node int) string { return filepath.Join(n.dir, fmt.Sprintf("node%d", node)) }

// Propose returns the block that a node proposes next with the given transactions.
func (n *Network) Propose(node int, txs ...[]byte) [][]byte {
	n.t.Helper()
	resp, err := n.Apps[node].PrepareProposal(&abci.RequestPrepareProposal{
		Height: n.Height + 1, Time: n.Time.Add(n.BlockTime), ProposerAddress: n.Proposers[node],
		Txs: txs, MaxTxBytes: maxTxBytes,
	})
	require.NoError(n.t, err)
	return resp.Txs
}

// Judge returns what a node thinks of a block that another one proposed as the next.
func (n *Network) Judge(node, proposer int, txs [][]byte) abci.ResponseProcessProposal_ProposalStatus {
	n.t.Helper()
	resp, err := n.Apps[node].ProcessProposal(&abci.RequestProcessProposal{
		Height: n.Height + 1, Time: n.Time.Add(n.BlockTime), ProposerAddress: n.Proposers[proposer], Txs: txs,
	})
	require.NoError(n.t, err)
	return resp.Status
}

// Decide makes a block that a node proposes the next one, and returns its result. All nodes come to the same state.
func (n *Network) Decide(proposer int, txs [][]byte) *abci.ResponseFinalizeBlock {
	n.t.Helper()
	n.Height++
	n.Time = n.Time.Add(n.BlockTime)
	var first *abci.ResponseFinalizeBlock
	for i, application := range n.Apps {
		resp, err := application.FinalizeBlock(&abci.RequestFinalizeBlock{
			Height: n.Height, Time: n.Time, ProposerAddress: n.Proposers[proposer], Txs: txs,
			Hash: cmttypes.ToTxs(txs).Hash(),
		})
		require.NoError(n.t, err)
		if i == 0 {
			first = resp
		}
		require.Equal(n.t, first.AppHash, resp.AppHash, "node %d differs at height %d", i, n.Height)
		_, err = application.Commit()
		require.NoError(n.t, err)
	}
	return first
}

// Block proposes, judges and decides the next block.
func (n *Network) Block(proposer int, txs ...[]byte) *abci.ResponseFinalizeBlock {
	n.t.Helper()
	block := n.Propose(proposer, txs...)
	for i := range n.Apps {
		require.Equal(n.t, abci.ResponseProcessProposal_ACCEPT, n.Judge(i, proposer, block), "node %d", i)
	}
	return n.Decide(proposer, block)
}

// Header is the header of the last block.
func (n *Network) Header() cmtproto.Header {
	return cmtproto.Header{ChainID: ChainID, Height: n.Height, Time: n.Time}
}
