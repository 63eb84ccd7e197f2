package simulation

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"
)

// tally counts what was reached.
type tally struct {
	operations, blocks int
	accepted, refused  map[string]int
	rows               map[string]int
	errors             map[string]int
	faults, exports    int
	thefts             int
	jobs, pruned       int
}

func newTally() tally {
	return tally{accepted: map[string]int{}, refused: map[string]int{}, rows: map[string]int{}, errors: map[string]int{}}
}

// transaction counts a transaction's messages. None may have panicked.
func (t *tally) transaction(w *world, tx *transaction) {
	t.operations++
	if tx.result.Code != 0 {
		t.errors[fmt.Sprintf("%s %d", tx.result.Codespace, tx.result.Code)]++
		require.NotEqual(w, sdkerrors.ErrPanic.ABCICode(), tx.result.Code, "%s", tx)
		require.False(w, ours(tx) && tx.result.Codespace == "undefined", "an error that is not registered: %s", tx)
	}
	for _, msg := range tx.msgs {
		if tx.result.Code == 0 {
			t.accepted[sdk.MsgTypeURL(msg)]++
			w.books.strayed(msg)
		} else {
			t.refused[sdk.MsgTypeURL(msg)]++
		}
	}
}

// ours tells that it was one of our modules' messages that failed.
func ours(tx *transaction) bool {
	var index int
	if _, err := fmt.Sscanf(tx.result.Log, "failed to execute message; message index: %d", &index); err != nil {
		return false
	}
	return strings.HasPrefix(sdk.MsgTypeURL(tx.msgs[index]), "/dmcn.")
}

func (t *tally) add(other tally) {
	for _, pair := range []struct{ to, from map[string]int }{
		{t.accepted, other.accepted}, {t.refused, other.refused}, {t.rows, other.rows}, {t.errors, other.errors},
	} {
		for name, n := range pair.from {
			pair.to[name] += n
		}
	}
	t.operations += other.operations
	t.blocks += other.blocks
	t.faults += other.faults
	t.exports += other.exports
	t.jobs += other.jobs
	t.thefts += other.thefts
	t.pruned += other.pruned
}

func (t *tally) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d operations in %d blocks, %d jobs, %d batches pruned, %d faults, %d thefts, %d exports\n",
		t.operations, t.blocks, t.jobs, t.pruned, t.faults, t.thefts, t.exports)
	messages := maps.Clone(t.accepted)
	maps.Copy(messages, t.refused)
	for _, name := range slices.Sorted(maps.Keys(messages)) {
		fmt.Fprintf(&b, "%-60s %6d accepted %6d refused\n", strings.TrimPrefix(name, "/"), t.accepted[name], t.refused[name])
	}
	for _, name := range slices.Sorted(maps.Keys(t.rows)) {
		fmt.Fprintf(&b, "%-60s %6d\n", name, t.rows[name])
	}
	for _, name := range slices.Sorted(maps.Keys(t.errors)) {
		fmt.Fprintf(&b, "refused with %-47s %6d\n", name, t.errors[name])
	}
	return b.String()
}

// requireAll fails for a message that was never accepted or never refused, and for a row that was never taken.
func (t *tally) requireAll(tb testing.TB) {
	tb.Helper()
	for _, name := range messages {
		require.Positive(tb, t.refused[name], "%s was never refused", name)
		require.Positive(tb, t.accepted[name], "%s was never accepted", name)
	}
	for r, k := range table {
		require.True(tb, t.rows[r.String()] > 0 || k.rare, "%s never happened", r)
	}
	for r, k := range withheldTable {
		require.True(tb, t.rows["withheld "+r.String()] > 0 || k.rare, "withheld %s never happened", r)
	}
	for _, name := range disputeRows {
		require.Positive(tb, t.rows[name], "%s never happened", name)
	}
	for name, often := range jobRows {
		require.True(tb, t.rows[name] > 0 || !often, "%s never happened", name)
	}
	require.Positive(tb, t.faults)
	require.Positive(tb, t.thefts)
	require.Positive(tb, t.exports)
	require.Positive(tb, t.pruned)
}
