package mempool

import (
	"cmp"
	"context"
	"math"

	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
)

// Duty is the priority of what a worker owes the chain.
const Duty int64 = math.MaxInt64

// priceScale makes prices below one udmc for a unit of gas comparable.
const priceScale = 1_000_000

// rank places a transaction among those that wait: by its priority, and where that is the same, by its arrival. Were
// these ordered by their signers, a flood of some could keep out others for ever.
type rank struct {
	priority int64
	arrival  uint64
}

// last comes after all others.
var last = rank{priority: math.MinInt64, arrival: math.MaxUint64}

// compare is positive where a comes before b.
func compare(a, b rank) int {
	if order := cmp.Compare(a.priority, b.priority); order != 0 {
		return order
	}
	return cmp.Compare(b.arrival, a.arrival)
}

// Prioritise gives transactions that passed their checks a priority: Duty to those whose messages are all duties, and
// PriceOf to others.
func Prioritise(check sdk.AnteHandler, isDuty func(context.Context, sdk.Msg) bool) sdk.AnteHandler {
	return func(ctx sdk.Context, tx sdk.Tx, simulate bool) (sdk.Context, error) {
		ctx, err := check(ctx, tx, simulate)
		if err != nil || simulate || !ctx.IsCheckTx() || ctx.IsReCheckTx() {
			return ctx, err
		}
		unmetered := ctx.WithGasMeter(storetypes.NewInfiniteGasMeter())
		for _, msg := range tx.GetMsgs() {
			if !isDuty(unmetered, msg) {
				return ctx.WithPriority(PriceOf(tx)), nil
			}
		}
		return ctx.WithPriority(Duty), nil
	}
}

// PriceOf is what a transaction pays for a million units of gas, in udmc, below Duty.
func PriceOf(tx sdk.Tx) int64 {
	paying, ok := tx.(sdk.FeeTx)
	if !ok || paying.GetGas() == 0 || len(paying.GetFee()) == 0 {
		return 0
	}
	price := paying.GetFee()[0].Amount.MulRaw(priceScale).QuoRaw(int64(min(paying.GetGas(), math.MaxInt64)))
	if !price.IsInt64() {
		return Duty - 1
	}
	return min(price.Int64(), Duty-1)
}
