package simulation

import (
	"slices"
	"strings"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/cosmos/gogoproto/proto"
	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"

	"github.com/dmcn/dmcn/chain/app"
)

// event is one of our modules'.
type event struct {
	proto.Message
	// message tells that it comes from a transaction, not from the block itself.
	message bool
}

// events of our modules in a block, in order.
func (c *chain) events(result *abci.ResponseFinalizeBlock) []event {
	c.Helper()
	var list []event
	add := func(e abci.Event, message bool) {
		if !strings.HasPrefix(e.Type, "dmcn.") {
			return
		}
		e.Attributes = slices.DeleteFunc(slices.Clone(e.Attributes), func(a abci.EventAttribute) bool {
			return a.Key == "mode" || a.Key == "msg_index"
		})
		typed, err := sdk.ParseTypedEvent(e)
		require.NoError(c, err, "%v", e)
		list = append(list, event{typed, message})
	}
	for _, tx := range result.TxResults {
		for _, e := range tx.Events {
			add(e, true)
		}
	}
	for _, e := range result.Events {
		add(e, false)
	}
	return list
}

// amounts sums the coins of the bank's events of a type in a block, for each pair of the attributes that select returns.
func (w *world) amounts(result *abci.ResponseFinalizeBlock, kind string, each func(attributes map[string]string, amount math.Int)) {
	w.Helper()
	all := slices.Clone(result.Events)
	for _, tx := range result.TxResults {
		all = append(all, tx.Events...)
	}
	for _, e := range all {
		if e.Type != kind {
			continue
		}
		attributes := map[string]string{}
		for _, a := range e.Attributes {
			attributes[a.Key] = a.Value
		}
		coins, err := sdk.ParseCoinsNormalized(attributes[sdk.AttributeKeyAmount])
		require.NoError(w, err)
		each(attributes, coins.AmountOf(app.Denom))
	}
}

// transfers are what an account sent in a block, by recipient.
func (w *world) transfers(result *abci.ResponseFinalizeBlock, from sdk.AccAddress) map[string]string {
	w.Helper()
	sums := sums{}
	w.amounts(result, banktypes.EventTypeTransfer, func(a map[string]string, amount math.Int) {
		if a[banktypes.AttributeKeySender] == from.String() {
			sums.add(a[banktypes.AttributeKeyRecipient], amount)
		}
	})
	return sums.text()
}

// sums are amounts by name.
type sums map[string]math.Int

func (s sums) add(name string, amount math.Int) {
	if s[name].IsNil() {
		s[name] = math.ZeroInt()
	}
	s[name] = s[name].Add(amount)
}

func (s sums) of(name string) math.Int {
	if s[name].IsNil() {
		return math.ZeroInt()
	}
	return s[name]
}

// text leaves out what is zero.
func (s sums) text() map[string]string {
	text := map[string]string{}
	for name, amount := range s {
		if !amount.IsZero() {
			text[name] = amount.String()
		}
	}
	return text
}
