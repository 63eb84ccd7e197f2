package testnet

import (
	"fmt"
	"os"
	"path/filepath"

	cmtcfg "github.com/cometbft/cometbft/config"

	serverconfig "github.com/cosmos/cosmos-sdk/server/config"
	"github.com/cosmos/cosmos-sdk/telemetry"

	"github.com/dmcn/dmcn/chain/cmd/dmcnd/nodeconfig"
)

const clientConfig = `chain-id = %q
keyring-backend = "test"
keyring-default-keyname = %q
output = "json"
node = "tcp://127.0.0.1:%d"
broadcast-mode = "sync"
`

// writeConfig writes the node's configuration files for a network on the loopback address.
func (n *node) writeConfig(options Options, peers string) error {
	dir := filepath.Join(n.home, "config")
	n.comet.Moniker = n.moniker()
	n.comet.RPC.ListenAddress = fmt.Sprintf("tcp://127.0.0.1:%d", n.ports.RPC)
	n.comet.RPC.CORSAllowedOrigins = []string{"*"}
	n.comet.P2P.ListenAddress = fmt.Sprintf("tcp://127.0.0.1:%d", n.ports.P2P)
	n.comet.P2P.PersistentPeers = peers
	n.comet.P2P.AllowDuplicateIP = true
	n.comet.P2P.AddrBookStrict = false
	n.comet.P2P.PexReactor = false
	cmtcfg.WriteConfigFile(filepath.Join(dir, "config.toml"), n.comet)

	cfg := nodeconfig.App()
	cfg.API.Address = fmt.Sprintf("tcp://127.0.0.1:%d", n.ports.REST)
	cfg.API.EnableUnsafeCORS = true
	cfg.GRPC.Address = fmt.Sprintf("127.0.0.1:%d", n.ports.GRPC)
	serverconfig.SetConfigTemplate(serverconfig.DefaultConfigTemplate)
	serverconfig.WriteConfigFile(filepath.Join(dir, "app.toml"), cfg)

	if err := os.WriteFile(filepath.Join(dir, telemetry.OtelFileName), nil, 0o600); err != nil {
		return err
	}
	client := fmt.Sprintf(clientConfig, options.ChainID, keyName, n.ports.RPC)
	return os.WriteFile(filepath.Join(dir, "client.toml"), []byte(client), 0o644)
}
