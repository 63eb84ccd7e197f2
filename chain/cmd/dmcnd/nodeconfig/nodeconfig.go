// Package nodeconfig holds the defaults of a node's configuration files.
package nodeconfig

import (
	"time"

	cmtcfg "github.com/cometbft/cometbft/config"

	serverconfig "github.com/cosmos/cosmos-sdk/server/config"

	"github.com/dmcn/dmcn/chain/app"
)

const (
	// BlockTime is the time between blocks that the defaults aim at.
	BlockTime = 3 * time.Second
	// maxRequestBytes lets a gzipped task module of 700 KiB through the RPC in base64.
	maxRequestBytes = 2 << 20
)

// Comet returns the defaults of config.toml for blocks of about blockTime.
func Comet(blockTime time.Duration) *cmtcfg.Config {
	cfg := cmtcfg.DefaultConfig()
	cfg.RPC.MaxBodyBytes = maxRequestBytes
	cfg.Mempool.MaxTxBytes = 1 << 20

	// the pause after a commit makes most of a block's time, the rest is voting
	cfg.Consensus.TimeoutCommit = blockTime * 9 / 10
	cfg.Consensus.TimeoutPropose = max(blockTime, time.Second)
	cfg.Consensus.TimeoutProposeDelta = cfg.Consensus.TimeoutPropose / 4
	cfg.Consensus.TimeoutPrevote = max(blockTime/3, 500*time.Millisecond)
	cfg.Consensus.TimeoutPrecommit = cfg.Consensus.TimeoutPrevote
	return cfg
}

// App returns the defaults of app.toml.
func App() *serverconfig.Config {
	cfg := serverconfig.DefaultConfig()
	cfg.MinGasPrices = app.MinGasPrice
	cfg.API.Enable = true
	cfg.API.RPCMaxBodyBytes = maxRequestBytes
	return cfg
}
