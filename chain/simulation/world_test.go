package simulation

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/app"
)

const (
	// mostOperations is the largest number of transactions of a block; half as many are the mean.
	mostOperations = 30
	// remembered is the number of transactions that a failure prints.
	remembered = 60
)

// world is a chain with people on it who do one random thing after the other. The same seed gives the same run.
type world struct {
	chain
	*people
	// spare is an empty application for imports.
	spare      *app.App
	r          *rand.Rand
	seed       uint64
	operations int
	target     int
	state      snapshot
	books      books
	told       told
	faults     faults
	sequences  map[string]uint64
	timeouts   int64
	trail      []*transaction
	seen       tally
}

// transaction is one thing that somebody tried.
type transaction struct {
	height int64
	number int
	by     string
	raw    []byte
	msgs   []sdk.Msg
	result *abci.ExecTxResult
}

func (t *transaction) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "block %d operation %d by %s:", t.height, t.number, t.by)
	for _, msg := range t.msgs {
		text := fmt.Sprintf("%+v", msg)
		fmt.Fprintf(&b, " %s{%.300s}", sdk.MsgTypeURL(msg), text)
	}
	if t.result != nil && t.result.Code != 0 {
		fmt.Fprintf(&b, " refused: %.200s", t.result.Log)
	}
	return b.String()
}

func newWorld(t testing.TB, seed uint64) *world {
	w := &world{
		people: newPeople(), r: rand.New(rand.NewPCG(seed, 0)), seed: seed, seen: newTally(),
		chain: chain{home: t.TempDir(), time: genesisTime},
	}
	w.TB = reporter{t, w}
	w.faults = faults{r: rand.New(rand.NewPCG(seed, 1)), thief: w.thief}
	writeSecrets(w, w.home, w.validators)
	w.spare = newApp(w.home)
	w.start(genesis(w, w.r, w.spare, w.people), 1, consensusParams())
	w.faults.watch(w.app)
	w.books, w.told = newBooks(), newTold()
	for _, f := range w.funded() {
		w.books.supply = w.books.supply.AddRaw(f.coins)
	}
	w.block(0)
	return w
}

// run does a number of operations, and in the middle of it goes on from an export.
func (w *world) run(operations int) {
	moved := false
	w.target = operations
	for w.operations < operations {
		w.block(w.r.IntN(mostOperations + 1))
		if w.short() {
			continue // no genesis owes more than it holds
		}
		if w.height%exportEvery == 0 {
			w.checkExport()
		}
		if !moved && w.operations > operations/2 {
			moved = true
			w.moveToExport()
		}
	}
}

// block lets some operations happen in one block.
func (w *world) block(operations int) {
	w.sequences = map[string]uint64{}
	w.time = w.time.Add(time.Second)
	if w.r.IntN(60) == 0 {
		w.time = w.time.Add(time.Duration(w.r.IntN(40)) * time.Second)
	}
	var batch []*transaction
	for range operations {
		if tx := w.next(); tx != nil {
			batch = append(batch, tx)
		}
	}
	w.make(append(batch, w.referees()...))
}

// make decides a block of transactions and checks everything.
func (w *world) make(batch []*transaction) {
	w.Helper()
	txs, misbehavior := make([][]byte, len(batch)), w.misbehave()
	for i, tx := range batch {
		txs[i] = tx.raw
	}
	proposer := pick(w.r, slices.Sorted(maps.Keys(w.current)))
	proof := w.propose(proposer)
	block := append(proof, txs...)
	require.Equal(w, abci.ResponseProcessProposal_ACCEPT, w.judge(proposer, block))
	if len(proof) > 0 && w.r.IntN(100) == 0 {
		// nobody honest accepts a block without its proof; should it be decided nevertheless, the chain goes on
		block, proof = txs, nil
		require.Equal(w, abci.ResponseProcessProposal_REJECT, w.judge(proposer, block))
	}
	w.faults.begin()
	result := w.decide(proposer, block, w.absent, misbehavior)
	require.Len(w, result.TxResults, len(block))
	for i, tx := range batch {
		tx.result = result.TxResults[len(proof)+i]
		w.seen.transaction(w, tx)
	}
	w.check(result, len(proof) > 0)
}

// next is a random transaction, nil where whoever was asked has nothing to do.
func (w *world) next() *transaction {
	if w.r.IntN(50) == 0 && len(w.trail) > 0 {
		old := *pick(w.r, w.trail)
		old.height, old.number, old.result = w.height+1, w.operations, nil
		return w.remember(&old)
	}
	by, msgs := w.choose()
	if len(msgs) == 0 {
		return nil
	}
	if w.r.IntN(7) == 0 {
		by = w.spoil(by, pick(w.r, msgs))
	}
	return w.remember(&transaction{height: w.height + 1, number: w.operations, by: by.name, raw: w.sign(by, msgs), msgs: msgs})
}

func (w *world) remember(tx *transaction) *transaction {
	w.operations++
	w.trail = append(w.trail, tx)
	if len(w.trail) > remembered {
		w.trail = w.trail[1:]
	}
	return tx
}

// sign puts messages into a transaction: in order or unordered, paid by oneself or by an owner, and now and then wrong.
func (w *world) sign(by *account, msgs []sdk.Msg) []byte {
	number, sequence := uint64(0), uint64(0)
	if known := w.app.AccountKeeper.GetAccount(w.ctx(), by.addr); known != nil {
		number, sequence = known.GetAccountNumber(), known.GetSequence()
	}
	e := newEnvelope(number, sequence+w.sequences[by.text])
	if w.r.IntN(3) == 0 {
		w.timeouts++
		e.sequence, e.timeout = 0, w.time.Add(time.Duration(w.r.IntN(500))*time.Second+time.Duration(w.timeouts))
	} else {
		w.sequences[by.text]++
	}
	if owner := w.payer(by); owner != nil && w.r.IntN(20) > 0 {
		e.granter = owner.text
	}
	if w.r.IntN(60) == 0 {
		switch w.r.IntN(6) {
		case 0:
			e.chainID = "another-chain"
		case 1:
			e.sequence += 1 + w.r.Uint64N(3)
		case 2:
			e.gas = w.r.Uint64N(150_000)
		case 3:
			e.fee = 2 * purse
		case 4:
			e.timeout = w.time.Add(-time.Second)
		case 5:
			e.timeout = w.time.Add(time.Hour)
		}
	}
	return by.sign(w, e, msgs...)
}

// payer is the owner that pays for an operator, nil for everybody else.
func (w *world) payer(by *account) *account {
	for _, k := range w.workers {
		if k.operator == by {
			return k.owner
		}
	}
	return nil
}

// absent tells whether a validator did not sign the last block.
func (w *world) absent(address string) bool {
	v := w.validatorOf(address)
	return v != nil && w.height < v.downUntil
}

func (w *world) validatorOf(address string) *validator {
	for _, v := range w.validators {
		if string(v.consensus.PubKey().Address()) == address {
			return v
		}
	}
	return nil
}

// misbehave lets validators go down, and now and then one sign twice.
func (w *world) misbehave() []abci.Misbehavior {
	v := pick(w.r, w.validators)
	if v.steady {
		return nil
	}
	switch address := string(v.consensus.PubKey().Address()); {
	case w.r.IntN(25) == 0:
		v.downUntil = w.height + 5 + w.r.Int64N(25)
	case w.r.IntN(400) == 0 && w.last[address] > 0 && w.height > 3:
		return []abci.Misbehavior{{
			Type: abci.MisbehaviorType_DUPLICATE_VOTE, Validator: abci.Validator{Address: []byte(address), Power: w.last[address]},
			Height: w.height, Time: w.time.Add(-time.Second), TotalVotingPower: 1,
		}}
	}
	return nil
}

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// chance hits in so many of a hundred cases.
func (w *world) chance(percent int) bool { return w.r.IntN(100) < percent }

// reporter adds to each failure how to have it again and what happened last.
type reporter struct {
	testing.TB
	w *world
}

// Errorf fails the test.
func (r reporter) Errorf(format string, args ...any) {
	r.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, "seed %d, block %d, operation %d. Again: go test ./simulation -run 'TestSimulation$' -seed %d -operations %d\n",
		r.w.seed, r.w.height, r.w.operations, r.w.seed, r.w.target)
	fmt.Fprintf(&b, "the last operations:\n")
	for _, tx := range r.w.trail {
		fmt.Fprintf(&b, "  %s\n", tx)
	}
	r.TB.Errorf("%s%s", fmt.Sprintf(format, args...), "\n"+b.String())
}

// forget lets go of everything but what was counted.
func (w *world) forget() { *w = world{seen: w.seen} }

// single lets one message happen in a block of its own, signed by whom it names.
func (w *world) single(msg sdk.Msg) *abci.ExecTxResult {
	w.Helper()
	signers, _, err := w.app.AppCodec().GetMsgV1Signers(msg)
	require.NoError(w, err)
	by := w.byName[sdk.AccAddress(signers[0]).String()]
	known := w.app.AccountKeeper.GetAccount(w.ctx(), by.addr)
	raw := by.sign(w, newEnvelope(known.GetAccountNumber(), known.GetSequence()), msg)
	tx := w.remember(&transaction{height: w.height + 1, number: w.operations, by: by.name, raw: raw, msgs: []sdk.Msg{msg}})
	w.make([]*transaction{tx})
	return tx.result
}
