package testnet

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/dmcn/dmcn/chain/app"
)

// Write makes the homes of the network. It refuses to touch homes that exist, and leaves none behind if it fails.
func Write(ctx context.Context, template *app.App, options Options) (err error) {
	if err := options.validate(); err != nil {
		return err
	}
	accounts, err := options.readAccounts()
	if err != nil {
		return err
	}
	for i := range options.Validators {
		if _, err := os.Stat(options.home(i)); err == nil {
			return fmt.Errorf("%s exists: remove it or choose another --output", options.home(i))
		}
	}

	defer func() {
		if err != nil {
			removeHomes(options)
		}
	}()
	nodes := make([]*node, options.Validators)
	for i := range nodes {
		if nodes[i], err = newNode(ctx, template, options, i); err != nil {
			return fmt.Errorf("node%d: %w", i, err)
		}
	}
	genesis, err := newGenesis(template, options, nodes, accounts)
	if err != nil {
		return fmt.Errorf("genesis: %w", err)
	}
	for i, n := range nodes {
		if err := n.writeConfig(options, peersOf(nodes, i)); err != nil {
			return fmt.Errorf("node%d: %w", i, err)
		}
		if err := genesis.SaveAs(n.comet.GenesisFile()); err != nil {
			return fmt.Errorf("node%d: %w", i, err)
		}
	}
	return nil
}

func removeHomes(options Options) {
	for i := range options.Validators {
		_ = os.RemoveAll(options.home(i))
	}
}

// peersOf lists everyone but the node itself.
func peersOf(nodes []*node, self int) string {
	var peers []string
	for i, n := range nodes {
		if i != self {
			peers = append(peers, n.peer())
		}
	}
	return strings.Join(peers, ",")
}
