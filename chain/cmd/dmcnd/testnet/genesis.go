package testnet

import (
	"encoding/json"
	"time"

	cmttypes "github.com/cometbft/cometbft/types"
	"github.com/cosmos/gogoproto/proto"

	"github.com/cosmos/cosmos-sdk/codec"
	sdk "github.com/cosmos/cosmos-sdk/types"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	genutiltypes "github.com/cosmos/cosmos-sdk/x/genutil/types"

	"github.com/dmcn/dmcn/chain/app"
	beacontypes "github.com/dmcn/dmcn/chain/x/beacon/types"
)

// newGenesis makes the genesis that all nodes share.
func newGenesis(
	template *app.App, options Options, nodes []*node, accounts []funded,
) (*genutiltypes.AppGenesis, error) {
	cdc, state := template.AppCodec(), template.DefaultGenesis()
	edits := []error{
		edit(cdc, state, genutiltypes.ModuleName, func(g *genutiltypes.GenesisState) error {
			for _, n := range nodes {
				g.GenTxs = append(g.GenTxs, n.genTx)
			}
			return nil
		}),
		edit(cdc, state, beacontypes.ModuleName, func(g *beacontypes.GenesisState) error {
			*g = *beacontypes.NewGenesis(g.Params, beacontypes.GenesisSeed(options.ChainID), 0)
			return nil
		}),
		fund(cdc, state, nodes, accounts),
	}
	if options.Devnet {
		edits = append(edits, useDevnetParams(cdc, state, options))
	}
	for _, err := range edits {
		if err != nil {
			return nil, err
		}
	}

	raw, err := json.MarshalIndent(state, "", " ")
	if err != nil {
		return nil, err
	}
	genesis := genutiltypes.NewAppGenesisWithVersion(options.ChainID, raw)
	genesis.GenesisTime = time.Now().UTC()
	genesis.InitialHeight = 1
	genesis.Consensus = &genutiltypes.ConsensusGenesis{Params: cmttypes.DefaultConsensusParams()}
	genesis.Consensus.Params.Block = app.BlockParams()
	if err := genesis.ValidateAndComplete(); err != nil {
		return nil, err
	}
	return genesis, template.BasicManager.ValidateGenesis(cdc, template.TxConfig(), state)
}

// edit changes one module's part of the genesis.
func edit[G any, PG interface {
	*G
	proto.Message
}](cdc codec.JSONCodec, state app.GenesisState, module string, change func(PG) error) error {
	genesis := PG(new(G))
	if err := cdc.UnmarshalJSON(state[module], genesis); err != nil {
		return err
	}
	if err := change(genesis); err != nil {
		return err
	}
	raw, err := cdc.MarshalJSON(genesis)
	state[module] = raw
	return err
}

// fund gives the operators and the accounts their coins. An account may be listed twice.
func fund(cdc codec.JSONCodec, state app.GenesisState, nodes []*node, accounts []funded) error {
	for _, n := range nodes {
		accounts = append(accounts, funded{n.operator, sdk.NewCoins(sdk.NewInt64Coin(app.Denom, operatorBalance))})
	}
	var bases authtypes.GenesisAccounts
	var balances []banktypes.Balance
	position := map[string]int{}
	for _, account := range accounts {
		address := account.address.String()
		i, known := position[address]
		if !known {
			i = len(balances)
			position[address] = i
			bases = append(bases, authtypes.NewBaseAccountWithAddress(account.address))
			balances = append(balances, banktypes.Balance{Address: address})
		}
		balances[i].Coins = balances[i].Coins.Add(account.coins...)
	}

	err := edit(cdc, state, banktypes.ModuleName, func(g *banktypes.GenesisState) error {
		g.Balances = banktypes.SanitizeGenesisBalances(balances)
		for _, balance := range balances {
			g.Supply = g.Supply.Add(balance.Coins...)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return edit(cdc, state, authtypes.ModuleName, func(g *authtypes.GenesisState) error {
		packed, err := authtypes.PackAccounts(authtypes.SanitizeGenesisAccounts(bases))
		g.Accounts = packed
		return err
	})
}
