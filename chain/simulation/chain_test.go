package simulation

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"
	"time"

	abci "github.com/cometbft/cometbft/abci/types"
	cryptoenc "github.com/cometbft/cometbft/crypto/encoding"
	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	cmttypes "github.com/cometbft/cometbft/types"
	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/app"
	"github.com/dmcn/dmcn/chain/internal/apptest"
)

// powers are the validators of a height, by consensus address.
type powers map[string]int64

// chain is one application with everything that a consensus engine would tell it.
type chain struct {
	testing.TB
	app    *app.App
	home   string
	height int64
	time   time.Time
	// last signed the last block, current decides the next one, next the one after it.
	last, current, next powers
}

// start begins a chain from a genesis at a height.
func (c *chain) start(state json.RawMessage, height int64, params cmtproto.ConsensusParams) {
	c.Helper()
	c.app = newApp(c.home)
	result, err := c.app.InitChain(&abci.RequestInitChain{
		Time: c.time, ChainId: apptest.ChainID, ConsensusParams: &params, InitialHeight: height, AppStateBytes: state,
	})
	require.NoError(c, err)
	c.height = height - 1
	c.last, c.current = powers{}, c.updated(powers{}, result.Validators)
	c.next = c.current
}

// ctx reads the state after the last block.
func (c *chain) ctx() sdk.Context {
	return c.app.NewContextLegacy(true, cmtproto.Header{ChainID: apptest.ChainID, Height: c.height, Time: c.time})
}

// propose returns the proof that the proposer of the next block owes, nil if it owes none.
func (c *chain) propose(proposer string) [][]byte {
	c.Helper()
	resp, err := c.app.PrepareProposal(&abci.RequestPrepareProposal{
		Height: c.height + 1, Time: c.time, ProposerAddress: []byte(proposer), MaxTxBytes: 4 << 20,
	})
	require.NoError(c, err)
	return resp.Txs
}

func (c *chain) judge(proposer string, txs [][]byte) abci.ResponseProcessProposal_ProposalStatus {
	c.Helper()
	resp, err := c.app.ProcessProposal(&abci.RequestProcessProposal{
		Height: c.height + 1, Time: c.time, ProposerAddress: []byte(proposer), Txs: txs,
	})
	require.NoError(c, err)
	return resp.Status
}

// decide makes a block, which those for whom absent is true have not signed the last one of.
func (c *chain) decide(
	proposer string, txs [][]byte, absent func(string) bool, misbehavior []abci.Misbehavior,
) *abci.ResponseFinalizeBlock {
	c.Helper()
	c.height++
	var votes []abci.VoteInfo
	for _, address := range slices.Sorted(maps.Keys(c.last)) {
		flag := cmtproto.BlockIDFlagCommit
		if absent(address) {
			flag = cmtproto.BlockIDFlagAbsent
		}
		votes = append(votes, abci.VoteInfo{
			Validator: abci.Validator{Address: []byte(address), Power: c.last[address]}, BlockIdFlag: flag,
		})
	}
	result, err := c.app.FinalizeBlock(&abci.RequestFinalizeBlock{
		Height: c.height, Time: c.time, ProposerAddress: []byte(proposer), Txs: txs, Hash: cmttypes.ToTxs(txs).Hash(),
		DecidedLastCommit: abci.CommitInfo{Votes: votes}, Misbehavior: misbehavior,
	})
	require.NoError(c, err)
	_, err = c.app.Commit()
	require.NoError(c, err)
	c.last, c.current = c.current, c.next
	c.next = c.updated(c.next, result.ValidatorUpdates)
	require.NotEmpty(c, c.next, "no validators")
	return result
}

// updated returns the validators after a block's changes.
func (c *chain) updated(set powers, updates []abci.ValidatorUpdate) powers {
	c.Helper()
	set = maps.Clone(set)
	for _, u := range updates {
		key, err := cryptoenc.PubKeyFromProto(u.PubKey)
		require.NoError(c, err)
		address := string(key.Address())
		if u.Power == 0 {
			require.Contains(c, set, address, "a validator leaves that was not there")
			delete(set, address)
			continue
		}
		set[address] = u.Power
	}
	return set
}
