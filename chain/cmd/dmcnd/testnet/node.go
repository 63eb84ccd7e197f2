package testnet

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	cmtcfg "github.com/cometbft/cometbft/config"

	"cosmossdk.io/math"

	"github.com/cosmos/cosmos-sdk/client/tx"
	"github.com/cosmos/cosmos-sdk/crypto/hd"
	"github.com/cosmos/cosmos-sdk/crypto/keyring"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/x/genutil"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/dmcn/dmcn/chain/app"
	"github.com/dmcn/dmcn/chain/cmd/dmcnd/gentx"
	"github.com/dmcn/dmcn/chain/cmd/dmcnd/nodeconfig"
	"github.com/dmcn/dmcn/chain/x/beacon/vrf"
)

const (
	// keyName is the name of the operator's key in the node's test keyring.
	keyName = "validator"
	// operatorBalance and selfDelegation are udmc.
	operatorBalance = 10_000_000_000
	selfDelegation  = 1_000_000_000
)

// node is a validator whose home is being written.
type node struct {
	index    int
	home     string
	id       string
	ports    Ports
	operator sdk.AccAddress
	genTx    json.RawMessage
	comet    *cmtcfg.Config
}

// operatorFile is what validator.json tells about a node's operator.
type operatorFile struct {
	Address  string `json:"address"`
	Operator string `json:"operator"`
	Mnemonic string `json:"mnemonic"`
}

// newNode makes the keys of a validator and signs its genesis transaction.
func newNode(ctx context.Context, template *app.App, options Options, index int) (*node, error) {
	n := &node{
		index: index, home: options.home(index), ports: options.ports(index), comet: nodeconfig.Comet(options.BlockTime),
	}
	n.comet.SetRoot(n.home)
	for _, dir := range []string{"config", "data"} {
		if err := os.MkdirAll(filepath.Join(n.home, dir), 0o755); err != nil {
			return nil, err
		}
	}
	id, consensusKey, err := genutil.InitializeNodeValidatorFiles(n.comet)
	if err != nil {
		return nil, err
	}
	n.id = id
	key, err := vrf.KeyFileIn(n.home).EnsureKey()
	if err != nil {
		return nil, err
	}
	keys, err := keyring.New(app.Name, keyring.BackendTest, n.home, nil, template.AppCodec())
	if err != nil {
		return nil, err
	}
	if err := n.makeOperator(keys); err != nil {
		return nil, err
	}

	create, err := stakingtypes.NewMsgCreateValidator(
		sdk.ValAddress(n.operator).String(), consensusKey, sdk.NewInt64Coin(app.Denom, selfDelegation),
		stakingtypes.NewDescription(n.moniker(), "", "", "", ""),
		stakingtypes.NewCommissionRates(
			math.LegacyNewDecWithPrec(10, 2), math.LegacyNewDecWithPrec(20, 2), math.LegacyNewDecWithPrec(1, 2),
		),
		math.OneInt(),
	)
	if err != nil {
		return nil, err
	}
	factory := tx.Factory{}.WithTxConfig(template.TxConfig()).WithKeybase(keys).WithChainID(options.ChainID).
		WithMemo(n.peer()).WithGas(1_000_000)
	signed, err := gentx.Sign(ctx, factory, keyName, create, key)
	if err != nil {
		return nil, err
	}
	n.genTx, err = template.TxConfig().TxJSONEncoder()(signed)
	return n, err
}

func (n *node) makeOperator(keys keyring.Keyring) error {
	record, mnemonic, err := keys.NewMnemonic(
		keyName, keyring.English, sdk.GetConfig().GetFullBIP44Path(), keyring.DefaultBIP39Passphrase, hd.Secp256k1,
	)
	if err != nil {
		return err
	}
	if n.operator, err = record.GetAddress(); err != nil {
		return err
	}
	raw, err := json.MarshalIndent(operatorFile{
		Address: n.operator.String(), Operator: sdk.ValAddress(n.operator).String(), Mnemonic: mnemonic,
	}, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(n.home, "validator.json"), append(raw, '\n'), 0o600)
}

func (n *node) moniker() string { return fmt.Sprintf("node%d", n.index) }

// peer is the node's address for its peers.
func (n *node) peer() string { return fmt.Sprintf("%s@127.0.0.1:%d", n.id, n.ports.P2P) }
