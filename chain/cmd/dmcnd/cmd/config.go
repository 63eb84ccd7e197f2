package cmd

import (
	"time"

	cmtcfg "github.com/cometbft/cometbft/config"

	serverconfig "github.com/cosmos/cosmos-sdk/server/config"

	"github.com/dmcn/dmcn/chain/app"
)

// maxRequestBytes lets a gzipped task module of 700 KiB through the RPC in base64.
const maxRequestBytes = 2 << 20

// defaultCometConfig suits blocks of about 3 s.
func defaultCometConfig() *cmtcfg.Config {
	cfg := cmtcfg.DefaultConfig()
	setBlockTime(cfg, 3*time.Second)
	cfg.RPC.MaxBodyBytes = maxRequestBytes
	cfg.Mempool.MaxTxBytes = 1 << 20
	return cfg
}

// setBlockTime sets the pause after a commit so that a block takes about blockTime, and the timeouts in proportion.
func setBlockTime(cfg *cmtcfg.Config, blockTime time.Duration) {
	cfg.Consensus.TimeoutCommit = blockTime * 9 / 10
	cfg.Consensus.TimeoutPropose = max(blockTime, time.Second)
	cfg.Consensus.TimeoutProposeDelta = cfg.Consensus.TimeoutPropose / 4
	cfg.Consensus.TimeoutPrevote = max(blockTime/3, 500*time.Millisecond)
	cfg.Consensus.TimeoutPrecommit = cfg.Consensus.TimeoutPrevote
}

// defaultAppConfig is the template and the defaults of app.toml.
func defaultAppConfig() (string, any) {
	return serverconfig.DefaultConfigTemplate, newAppConfig()
}

func newAppConfig() *serverconfig.Config {
	cfg := serverconfig.DefaultConfig()
	cfg.MinGasPrices = app.MinGasPrice
	cfg.API.Enable = true
	cfg.API.RPCMaxBodyBytes = maxRequestBytes
	return cfg
}
