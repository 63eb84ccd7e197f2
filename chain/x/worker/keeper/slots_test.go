package keeper_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"cosmossdk.io/math"

	"github.com/dmcn/dmcn/chain/protocol"
	"github.com/dmcn/dmcn/chain/x/worker/types"
)

// TestSlotIndex compares the index with a plain list under random bonding, withdrawing, pausing and resuming.
func TestSlotIndex(t *testing.T) {
	const owners = 5
	start := newFixture(t)
	rapid.Check(t, func(rt *rapid.T) {
		f := *start
		f.ctx, _ = start.ctx.CacheContext()
		bonds := make([]int64, owners)
		active := make([]bool, owners)
		var model []string
		for n := range owners {
			f.worker(n, lot)
			bonds[n], active[n] = lot, true
			model = append(model, string(account(n)))
		}
		fit := func(n int) {
			want := int64(0)
			if active[n] {
				want = bonds[n] / lot
			}
			model = modelFit(model, string(account(n)), int(want))
		}
		owner := rapid.IntRange(0, owners-1)
		amount := rapid.Int64Range(1, 8*lot)
		rt.Repeat(map[string]func(*rapid.T){
			"bond": func(rt *rapid.T) {
				n, a := owner.Draw(rt, "owner"), amount.Draw(rt, "amount")
				require.NoError(rt, f.Bond(f.ctx, account(n), math.NewInt(a)))
				bonds[n] += a
				fit(n)
			},
			"withdraw": func(rt *rapid.T) {
				n, a := owner.Draw(rt, "owner"), amount.Draw(rt, "amount")
				a = min(a, bonds[n])
				if a == 0 {
					rt.Skip("nothing bonded")
				}
				require.NoError(rt, f.Withdraw(f.ctx, account(n), math.NewInt(a)))
				bonds[n] -= a
				fit(n)
			},
			"pause or resume": func(rt *rapid.T) {
				n := owner.Draw(rt, "owner")
				if active[n] {
					require.NoError(rt, f.Pause(f.ctx, account(n), account(n)))
				} else {
					require.NoError(rt, f.Resume(f.ctx, account(n), account(n)))
				}
				active[n] = !active[n]
				fit(n)
			},
			"": func(rt *rapid.T) {
				require.True(rt, slices.Equal(model, f.slotOwners()))
				require.NoError(rt, f.CheckInvariants(f.ctx))
				_, err := f.OwnerAt(f.ctx, uint64(len(model)))
				require.ErrorIs(rt, err, types.ErrUnknownSlot)
			},
		})
	})
}

// modelFit appends slots, or replaces the owner's highest ones by the last of the list.
func modelFit(slots []string, owner string, want int) []string {
	have := 0
	for _, o := range slots {
		if o == owner {
			have++
		}
	}
	for ; have < want; have++ {
		slots = append(slots, owner)
	}
	for ; have > want; have-- {
		last := len(slots) - 1
		for i := last; ; i-- {
			if slots[i] == owner {
				slots[i] = slots[last]
				break
			}
		}
		slots = slots[:last]
	}
	return slots
}

// BenchmarkDrawSlots draws three slots and reads their workers, as a draw does.
func BenchmarkDrawSlots(b *testing.B) {
	for _, slots := range []int{1_000, 100_000} {
		f := newIndexFixture(b, slots)
		b.Run(fmt.Sprint(slots), func(b *testing.B) {
			for i := range b.N {
				random := protocol.Random(protocol.Hash{}, protocol.PurposeDraw, protocol.RandomID{Job: uint64(i)})
				for try := range uint32(3) {
					length, err := f.Slots(f.ctx)
					require.NoError(b, err)
					slot, err := protocol.Pick(random, try, length)
					require.NoError(b, err)
					owner, err := f.OwnerAt(f.ctx, slot)
					require.NoError(b, err)
					_, err = f.Get(f.ctx, owner)
					require.NoError(b, err)
				}
			}
		})
	}
}

// BenchmarkChangeLots withdraws and bonds a lot again, which takes a slot and gives one.
func BenchmarkChangeLots(b *testing.B) {
	for _, slots := range []int{1_000, 100_000} {
		f := newIndexFixture(b, slots)
		b.Run(fmt.Sprint(slots), func(b *testing.B) {
			for range b.N {
				require.NoError(b, f.Withdraw(f.ctx, account(0), math.NewInt(lot)))
				require.NoError(b, f.Bond(f.ctx, account(0), math.NewInt(lot)))
			}
		})
	}
}

// newIndexFixture has an index of that many slots, written to the tree, of workers with 1,000 slots each.
func newIndexFixture(b *testing.B, slots int) *fixture {
	b.Helper()
	f := newFixture(b)
	const lots = 1_000
	for n := range slots / lots {
		f.worker(n, lots*lot)
		f.commit()
	}
	f.at(2)
	return f
}
