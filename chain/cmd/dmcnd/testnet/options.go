package testnet

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/pflag"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/cmd/dmcnd/nodeconfig"
)

// maxValidators is what one machine and a port stride of 10 carry.
const maxValidators = 64

// Options say which network to write.
type Options struct {
	Validators int
	Output     string
	ChainID    string
	Accounts   string
	BlockTime  time.Duration
	Ports      Ports
	// Devnet selects the short deadlines of a devnet.
	Devnet bool
}

// Ports are the ports of one node, all on the loopback address.
type Ports struct {
	RPC, P2P, GRPC, REST int
	// Stride is the distance to the next node's ports.
	Stride int
}

// Account is funded in the genesis. Coins are written like 1000000udmc.
type Account struct {
	Address string `json:"address"`
	Coins   string `json:"coins"`
}

func (o *Options) addFlags(flags *pflag.FlagSet) {
	flags.IntVar(&o.Validators, "validators", 1, "number of validators")
	flags.StringVar(&o.Output, "output", "", "directory that gets node0, node1, ... (required)")
	flags.StringVar(&o.ChainID, "chain-id", "dmcn-devnet-1", "id of the chain")
	flags.StringVar(&o.Accounts, "accounts", "", `JSON file with funded accounts: [{"address": "dmcn1...", "coins": "5udmc"}]`)
	flags.DurationVar(&o.BlockTime, "block-time", nodeconfig.BlockTime, "time that a block takes")
	flags.IntVar(&o.Ports.RPC, "rpc-port", 26657, "RPC port of node0")
	flags.IntVar(&o.Ports.P2P, "p2p-port", 26656, "port of node0 for its peers")
	flags.IntVar(&o.Ports.GRPC, "grpc-port", 9090, "gRPC port of node0")
	flags.IntVar(&o.Ports.REST, "rest-port", 1317, "REST port of node0")
	flags.IntVar(&o.Ports.Stride, "port-stride", 10, "distance between the ports of two nodes")
	flags.BoolVar(&o.Devnet, "devnet-params", false, "use the short deadlines and voting periods of a devnet")
}

func (o *Options) validate() error {
	if o.Output == "" {
		return fmt.Errorf("--output is missing: name a directory for the nodes")
	}
	if o.Validators < 1 || o.Validators > maxValidators {
		return fmt.Errorf("--validators is %d, it must be between 1 and %d", o.Validators, maxValidators)
	}
	if o.BlockTime <= 0 {
		return fmt.Errorf("--block-time is %s, it must be positive", o.BlockTime)
	}
	if o.Validators > 1 && o.Ports.Stride < 2 {
		return fmt.Errorf("--port-stride is %d, it must be at least 2", o.Ports.Stride)
	}
	return nil
}

func (o *Options) home(node int) string { return filepath.Join(o.Output, fmt.Sprintf("node%d", node)) }

func (o *Options) ports(node int) Ports {
	shift := node * o.Ports.Stride
	return Ports{
		RPC: o.Ports.RPC + shift, P2P: o.Ports.P2P + shift, GRPC: o.Ports.GRPC + shift, REST: o.Ports.REST + shift,
	}
}

// funded is an account with parsed coins.
type funded struct {
	address sdk.AccAddress
	coins   sdk.Coins
}

func (o *Options) readAccounts() ([]funded, error) {
	if o.Accounts == "" {
		return nil, nil
	}
	raw, err := os.ReadFile(o.Accounts)
	if err != nil {
		return nil, fmt.Errorf("read the accounts: %w", err)
	}
	var listed []Account
	if err := json.Unmarshal(raw, &listed); err != nil {
		return nil, fmt.Errorf("%s is not a list of accounts: %w", o.Accounts, err)
	}
	accounts := make([]funded, len(listed))
	for i, entry := range listed {
		address, err := sdk.AccAddressFromBech32(entry.Address)
		if err != nil {
			return nil, fmt.Errorf("%s: address %q: %w", o.Accounts, entry.Address, err)
		}
		coins, err := sdk.ParseCoinsNormalized(entry.Coins)
		if err != nil {
			return nil, fmt.Errorf("%s: coins of %s: %w", o.Accounts, entry.Address, err)
		}
		accounts[i] = funded{address, coins}
	}
	return accounts, nil
}
