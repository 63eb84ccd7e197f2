package protocol_test

import (
	"fmt"
	"testing"

	"cosmossdk.io/math"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/dmcn/dmcn/chain/protocol"
)

func TestRandomness(t *testing.T) {
	var golden struct {
		Purposes []struct {
			Name    string
			Seed    octets
			Purpose string
			Job     uint64 `json:",string"`
			Batch   uint32
			Epoch   uint32
			Round   uint32
			R       octets
		}
		Picks []struct {
			R       octets
			Attempt uint32
			Slots   uint64 `json:",string"`
			Slot    uint64 `json:",string"`
		}
		Permutations []struct {
			R     octets
			N     uint32
			Order []uint32
		}
		Coins []struct {
			Name      string
			R         octets
			Threshold uint64 `json:",string"`
			Hits      bool
		}
		Thresholds []struct {
			ProbabilityBps uint32
			Heights        uint32
			Threshold      uint64 `json:",string"`
		}
	}
	goldenCases(t, "randomness", &golden)
	purposes := map[string]protocol.Purpose{
		"draw": protocol.PurposeDraw, "coin": protocol.PurposeCoin,
		"audit": protocol.PurposeAudit, "opener": protocol.PurposeOpener,
	}
	require.NotEmpty(t, golden.Purposes)
	for _, c := range golden.Purposes {
		id := protocol.RandomID{Job: c.Job, Batch: c.Batch, Epoch: c.Epoch, Round: c.Round}
		require.Equal(t, c.R.hash(t), protocol.Random(c.Seed.hash(t), purposes[c.Purpose], id), c.Name)
	}
	require.NotEmpty(t, golden.Picks)
	for _, c := range golden.Picks {
		slot, err := protocol.Pick(c.R.hash(t), c.Attempt, c.Slots)
		require.NoError(t, err)
		require.Equal(t, c.Slot, slot)
	}
	require.NotEmpty(t, golden.Permutations)
	for _, c := range golden.Permutations {
		require.Equal(t, c.Order, protocol.Permutation(c.R.hash(t), c.N))
	}
	require.NotEmpty(t, golden.Coins)
	for _, c := range golden.Coins {
		require.Equal(t, c.Hits, protocol.CoinHits(c.R.hash(t), c.Threshold), c.Name)
	}
	require.NotEmpty(t, golden.Thresholds)
	for _, c := range golden.Thresholds {
		threshold, err := protocol.CoinThreshold(c.ProbabilityBps, c.Heights)
		require.NoError(t, err)
		require.Equal(t, c.Threshold, threshold)
	}
}

func TestRandomnessRefuses(t *testing.T) {
	_, err := protocol.Pick(protocol.Hash{}, 0, 0)
	require.ErrorIs(t, err, protocol.ErrRange)
	_, err = protocol.Pick(protocol.Hash{}, protocol.MaxPickTries, 1)
	require.ErrorIs(t, err, protocol.ErrRange)
	for _, c := range [][2]uint32{{10_001, 4}, {2_000, 0}, {2_000, 1_001}} {
		_, err = protocol.CoinThreshold(c[0], c[1])
		require.ErrorIs(t, err, protocol.ErrRange)
	}
}

func TestBatch(t *testing.T) {
	type shape struct{ Units, BatchSize uint32 }
	var golden struct {
		Shapes []struct {
			shape
			Batches uint32
			Ranges  []struct{ Batch, FirstUnit, Length uint32 }
			Places  []struct{ Unit, Batch, Position uint32 }
		}
		Refused []shape
		Absent  []struct {
			shape
			Batch, Unit uint32
		}
	}
	goldenCases(t, "batch", &golden)
	require.NotEmpty(t, golden.Shapes)
	for _, c := range golden.Shapes {
		t.Run(fmt.Sprintf("%d by %d", c.Units, c.BatchSize), func(t *testing.T) {
			count, err := protocol.BatchCount(c.Units, c.BatchSize)
			require.NoError(t, err)
			require.Equal(t, c.Batches, count)
			for _, r := range c.Ranges {
				first, length, err := protocol.BatchUnits(c.Units, c.BatchSize, r.Batch)
				require.NoError(t, err)
				require.Equal(t, []uint32{r.FirstUnit, r.Length}, []uint32{first, length})
			}
			for _, p := range c.Places {
				batch, position, err := protocol.LocateUnit(c.Units, c.BatchSize, p.Unit)
				require.NoError(t, err)
				require.Equal(t, []uint32{p.Batch, p.Position}, []uint32{batch, position})
			}
		})
	}
	require.NotEmpty(t, golden.Refused)
	for _, c := range golden.Refused {
		_, err := protocol.BatchCount(c.Units, c.BatchSize)
		require.ErrorIs(t, err, protocol.ErrRange)
		_, _, err = protocol.LocateUnit(c.Units, c.BatchSize, 0)
		require.ErrorIs(t, err, protocol.ErrRange)
	}
	require.NotEmpty(t, golden.Absent)
	for _, c := range golden.Absent {
		_, _, err := protocol.BatchUnits(c.Units, c.BatchSize, c.Batch)
		require.ErrorIs(t, err, protocol.ErrRange)
		_, _, err = protocol.LocateUnit(c.Units, c.BatchSize, c.Unit)
		require.ErrorIs(t, err, protocol.ErrRange)
	}
}

// requireSum compares with a golden sum; a case without one expects ErrAmount.
func requireSum(t *testing.T, want *amount, got math.Int, err error) {
	t.Helper()
	if want == nil {
		require.ErrorIs(t, err, protocol.ErrAmount)
		return
	}
	require.NoError(t, err)
	require.Equal(t, want.String(), got.String())
}

func TestAmounts(t *testing.T) {
	var golden struct {
		Escrow []struct {
			Units, BatchSize, RoyaltyBps, FeeBps, Auditors, Samples uint32

			Name       string
			GasLimit   uint64 `json:",string"`
			MaxPrice   amount
			AuditFloor amount
			Escrow     *amount
		}
		Bond []struct {
			Units, Factor uint32
			GasLimit      uint64 `json:",string"`
			MaxPrice      amount
			Bond          *amount
		}
		Payment []struct {
			GasTotal               uint64 `json:",string"`
			RoyaltyBps, FeeBps     uint32
			Ask, Pay, Royalty, Fee amount
		}
		AuditFee []struct {
			Round                          uint32
			Gas                            uint64 `json:",string"`
			Ask, MaxPrice, AuditFloor, Fee amount
		}
		AuditDeposit []struct {
			Samples                       uint32
			GasLimit                      uint64 `json:",string"`
			MaxPrice, AuditFloor, Deposit amount
		}
	}
	goldenCases(t, "amounts", &golden)
	require.NotEmpty(t, golden.Escrow)
	for _, c := range golden.Escrow {
		t.Run("escrow: "+c.Name, func(t *testing.T) {
			got, err := protocol.Escrow(protocol.EscrowTerms{
				Units: c.Units, BatchSize: c.BatchSize, GasLimit: c.GasLimit, MaxPrice: c.MaxPrice.Int,
				RoyaltyBps: c.RoyaltyBps, FeeBps: c.FeeBps, Auditors: c.Auditors, Samples: c.Samples,
				AuditFloor: c.AuditFloor.Int,
			})
			requireSum(t, c.Escrow, got, err)
		})
	}
	require.NotEmpty(t, golden.Bond)
	for _, c := range golden.Bond {
		got, err := protocol.BatchBond(c.Factor, c.Units, c.GasLimit, c.MaxPrice.Int)
		requireSum(t, c.Bond, got, err)
	}
	require.NotEmpty(t, golden.Payment)
	for _, c := range golden.Payment {
		got, err := protocol.BatchPayment(c.GasTotal, c.Ask.Int, c.RoyaltyBps, c.FeeBps)
		requireSum(t, &c.Pay, got.Pay, err)
		requireSum(t, &c.Royalty, got.Royalty, err)
		requireSum(t, &c.Fee, got.Fee, err)
		require.Equal(t, c.Pay.Add(c.Royalty.Int).Add(c.Fee.Int).String(), got.Total().String())
	}
	require.NotEmpty(t, golden.AuditFee)
	for _, c := range golden.AuditFee {
		got, err := protocol.AuditFee(c.Round, c.Gas, c.Ask.Int, c.MaxPrice.Int, c.AuditFloor.Int)
		requireSum(t, &c.Fee, got, err)
	}
	require.NotEmpty(t, golden.AuditDeposit)
	for _, c := range golden.AuditDeposit {
		got, err := protocol.AuditDeposit(c.Samples, c.GasLimit, c.MaxPrice.Int, c.AuditFloor.Int)
		requireSum(t, &c.Deposit, got, err)
	}
}

// Whatever comes from outside gives a value or an error: block processing must not panic.
func TestAmountsNeverPanic(t *testing.T) {
	limit := math.NewIntFromUint64(1 << 63)
	anyAmount := rapid.Custom(func(t *rapid.T) math.Int {
		if rapid.Bool().Draw(t, "nil") {
			return math.Int{}
		}
		high, low := rapid.Int64().Draw(t, "high"), rapid.Int64().Draw(t, "low")
		return math.NewInt(high).Mul(limit).Add(math.NewInt(low))
	})
	rapid.Check(t, func(t *rapid.T) {
		n := func(name string) uint32 { return rapid.Uint32().Draw(t, name) }
		gas, price, floor := rapid.Uint64().Draw(t, "gas"), anyAmount.Draw(t, "price"), anyAmount.Draw(t, "floor")
		_, _ = protocol.Escrow(protocol.EscrowTerms{
			Units: n("units") % 2_000_000, BatchSize: n("size") % 80, GasLimit: gas, MaxPrice: price,
			RoyaltyBps: n("royalty") % 20_000, FeeBps: n("fee") % 20_000, Auditors: n("j"), Samples: n("k") % 80,
			AuditFloor: floor,
		})
		_, _ = protocol.BatchBond(n("factor"), n("length"), gas, price)
		_, _ = protocol.BatchPayment(gas, price, n("bps")%20_000, n("bps2")%20_000)
		_, _ = protocol.AuditFee(n("round")%8, gas, price, floor, floor)
		_, _ = protocol.AuditDeposit(n("samples"), gas, price, floor)
	})
}
