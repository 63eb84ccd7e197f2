package apptest

import (
	"fmt"
	"net"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	abci "github.com/cometbft/cometbft/abci/types"
	cmtcfg "github.com/cometbft/cometbft/config"
	cmtlog "github.com/cometbft/cometbft/libs/log"
	"github.com/cometbft/cometbft/node"
	"github.com/cometbft/cometbft/p2p"
	"github.com/cometbft/cometbft/privval"
	"github.com/cometbft/cometbft/proxy"
	cmttypes "github.com/cometbft/cometbft/types"
	"github.com/spf13/viper"
	"github.com/stretchr/testify/require"

	"github.com/cosmos/cosmos-sdk/server"
	genutiltypes "github.com/cosmos/cosmos-sdk/x/genutil/types"

	"github.com/dmcn/dmcn/chain/app"
	"github.com/dmcn/dmcn/chain/cmd/dmcnd/testnet"
)

// Validator is a node of a network with real consensus, over connections on the loopback address.
type Validator struct {
	*app.App
	Node    *node.Node
	Address cmttypes.Address
	// Tamper changes the node's own proposals, if set.
	Tamper atomic.Pointer[func(txs [][]byte) [][]byte]

	mu      sync.Mutex
	refused map[string]int
}

// StartComet starts a network of validators, which stops with the test.
func StartComet(t testing.TB, validators int, blockTime time.Duration) []*Validator {
	t.Helper()
	base := FreePorts(t, 2*validators)
	dir := WriteHomes(t, testnet.Options{
		Validators: validators, BlockTime: blockTime, Ports: testnet.Ports{RPC: base, P2P: base + 1, Stride: 2},
	})
	network := make([]*Validator, validators)
	for i := range network {
		network[i] = newValidator(t, filepath.Join(dir, fmt.Sprintf("node%d", i)))
	}
	for _, v := range network {
		require.NoError(t, v.Node.Start())
		t.Cleanup(func() {
			_ = v.Node.Stop()
			v.Node.Wait()
		})
	}
	return network
}

func newValidator(t testing.TB, home string) *Validator {
	t.Helper()
	cfg := cmtcfg.DefaultConfig()
	reader := viper.New()
	reader.SetConfigFile(filepath.Join(home, "config", "config.toml"))
	require.NoError(t, reader.ReadInConfig())
	require.NoError(t, reader.Unmarshal(cfg))
	cfg.SetRoot(home)
	cfg.RPC.ListenAddress = ""
	cfg.DBBackend = "memdb"

	nodeKey, err := p2p.LoadNodeKey(cfg.NodeKeyFile())
	require.NoError(t, err)
	signer := privval.LoadFilePV(cfg.PrivValidatorKeyFile(), cfg.PrivValidatorStateFile())
	v := &Validator{App: NewApp(home), Address: signer.GetAddress(), refused: map[string]int{}}
	v.Node, err = node.NewNode(
		cfg, signer, nodeKey, proxy.NewLocalClientCreator(server.NewCometABCIWrapper(v)),
		func() (*cmttypes.GenesisDoc, error) {
			genesis, err := genutiltypes.AppGenesisFromFile(cfg.GenesisFile())
			if err != nil {
				return nil, err
			}
			return genesis.ToGenesisDoc()
		},
		cmtcfg.DefaultDBProvider, node.DefaultMetricsProvider(cfg.Instrumentation), cmtlog.NewNopLogger(),
	)
	require.NoError(t, err)
	return v
}

// PrepareProposal is the application's, changed by Tamper.
func (v *Validator) PrepareProposal(req *abci.RequestPrepareProposal) (*abci.ResponsePrepareProposal, error) {
	resp, err := v.App.PrepareProposal(req)
	if tamper := v.Tamper.Load(); err == nil && tamper != nil {
		resp.Txs = (*tamper)(resp.Txs)
	}
	return resp, err
}

// ProcessProposal is the application's; refusals are counted.
func (v *Validator) ProcessProposal(req *abci.RequestProcessProposal) (*abci.ResponseProcessProposal, error) {
	resp, err := v.App.ProcessProposal(req)
	if err == nil && resp.Status == abci.ResponseProcessProposal_REJECT {
		v.mu.Lock()
		defer v.mu.Unlock()
		v.refused[cmttypes.Address(req.ProposerAddress).String()]++
	}
	return resp, err
}

// Refused is the number of proposals of a validator that this one refused.
func (v *Validator) Refused(proposer *Validator) int {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.refused[proposer.Address.String()]
}

// ProposedBetween is the number of decided blocks of a proposer with heights from a to b.
func (v *Validator) ProposedBetween(proposer *Validator, a, b int64) int {
	count := 0
	for h := a; h <= b; h++ {
		if meta := v.Node.BlockStore().LoadBlockMeta(h); meta != nil &&
			meta.Header.ProposerAddress.String() == proposer.Address.String() {
			count++
		}
	}
	return count
}

// FreePorts returns the first of a number of consecutive free ports.
func FreePorts(t testing.TB, count int) int {
	t.Helper()
	for range 100 {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		require.NoError(t, err)
		base := listener.Addr().(*net.TCPAddr).Port
		require.NoError(t, listener.Close())
		if base+count < 1<<16 && allFree(base, count) {
			return base
		}
	}
	require.FailNow(t, "no free ports")
	return 0
}

func allFree(base, count int) bool {
	for port := base; port < base+count; port++ {
		listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err != nil {
			return false
		}
		_ = listener.Close()
	}
	return true
}
