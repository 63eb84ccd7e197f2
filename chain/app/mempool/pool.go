// Package mempool decides which transactions a node keeps and in which order it proposes them: what a worker owes the chain
// first, then by what is paid for a unit of gas.
package mempool

import (
	"context"
	"fmt"
	"sync"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"
	"github.com/cosmos/cosmos-sdk/types/mempool"
)

// Limits bound what waits. Duties have room beside it: CometBFT's own pool must take more transactions than Txs.
type Limits struct {
	// Txs and Gas are the most transactions that may wait, and the most gas that they may want together.
	Txs int
	Gas uint64
	// Duties is the most transactions of one account that come first at once; more of it wait like others.
	Duties int
}

// Pool keeps transactions in the order of their priority, and those of the same priority in that of their arrival. It is
// safe for concurrent use.
type Pool struct {
	*mempool.PriorityNonceMempool[rank]
	limits  Limits
	signers mempool.SignerExtractionAdapter

	mu      sync.Mutex
	waiting map[id]entry
	gas     uint64
	duties  map[string]int
	arrived uint64
}

// id names a transaction by its first signer and its nonce, as the order of priorities does.
type id struct {
	signer string
	nonce  uint64
}

type entry struct {
	gas  uint64
	duty bool
}

var _ mempool.ExtMempool = (*Pool)(nil)

// New returns an empty pool.
func New(limits Limits) *Pool {
	p := &Pool{
		limits: limits, signers: mempool.NewDefaultSignerExtractionAdapter(),
		waiting: map[id]entry{}, duties: map[string]int{},
	}
	p.PriorityNonceMempool = mempool.NewPriorityMempool(mempool.PriorityNonceMempoolConfig[rank]{
		SignerExtractor: p.signers,
		TxPriority:      mempool.TxPriority[rank]{GetTxPriority: p.rank, Compare: compare, MinValue: last},
	})
	return p
}

// Insert keeps a checked transaction, or returns ErrMempoolIsFull.
func (p *Pool) Insert(ctx context.Context, tx sdk.Tx, option mempool.InsertOption) error {
	key, err := p.idOf(tx)
	if err != nil {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	sdkCtx := sdk.UnwrapSDKContext(ctx)
	next := entry{gas: option.GasWanted, duty: sdkCtx.Priority() == Duty}
	if next.duty && p.duties[key.signer] >= p.limits.Duties {
		next.duty = false
		sdkCtx = sdkCtx.WithPriority(PriceOf(tx))
	}
	if !next.duty && len(p.waiting) > 0 && (len(p.waiting) >= p.limits.Txs || p.gas+next.gas > p.limits.Gas) {
		return errorsmod.Wrapf(sdkerrors.ErrMempoolIsFull, "%d transactions that want %d gas wait: try again after the next block",
			len(p.waiting), p.gas)
	}
	if err := p.PriorityNonceMempool.Insert(sdkCtx, tx, option); err != nil {
		return err
	}
	p.forget(key)
	p.waiting[key] = next
	p.gas += next.gas
	if next.duty {
		p.duties[key.signer]++
	}
	return nil
}

// Remove forgets a transaction that is in a block or cannot be in one any more. It returns ErrTxNotFound for one that
// does not wait.
func (p *Pool) Remove(tx sdk.Tx) error {
	key, err := p.idOf(tx)
	if err != nil {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.forget(key)
	return p.PriorityNonceMempool.Remove(tx)
}

// RemoveWithReason is Remove.
func (p *Pool) RemoveWithReason(_ context.Context, tx sdk.Tx, _ mempool.RemoveReason) error {
	return p.Remove(tx)
}

// rank is that of the transaction that arrives now.
func (p *Pool) rank(ctx context.Context, _ sdk.Tx) rank {
	p.arrived++
	return rank{priority: sdk.UnwrapSDKContext(ctx).Priority(), arrival: p.arrived}
}

func (p *Pool) forget(key id) {
	known, ok := p.waiting[key]
	if !ok {
		return
	}
	delete(p.waiting, key)
	p.gas -= known.gas
	if !known.duty {
		return
	}
	p.duties[key.signer]--
	if p.duties[key.signer] == 0 {
		delete(p.duties, key.signer)
	}
}

func (p *Pool) idOf(tx sdk.Tx) (id, error) {
	signers, err := p.signers.GetSigners(tx)
	if err != nil {
		return id{}, err
	}
	if len(signers) == 0 {
		return id{}, fmt.Errorf("a transaction without a signer")
	}
	nonce, err := mempool.ChooseNonce(signers[0].Sequence, tx)
	return id{signer: signers[0].Signer.String(), nonce: nonce}, err
}
