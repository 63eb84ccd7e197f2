package protocol

import (
	"errors"
	"fmt"
	"math/big"

	"cosmossdk.io/math"
)

const (
	// MaxRoyaltyBps is the largest royalty of a task module.
	MaxRoyaltyBps = 2_000
	// DefaultFeeBps is the community fee.
	DefaultFeeBps = 200
	// DefaultBondFactor is a unit's bond as a multiple of its price at the gas limit.
	DefaultBondFactor = 25
	// MaxAuditRounds is the number of rounds in which a batch's auditors are drawn; the fee grows with each.
	MaxAuditRounds = 5

	maxAmountBits = 128
)

// ErrAmount is wrapped by errors about amounts that are negative, missing or above 2^128-1 udmc.
var ErrAmount = errors.New("invalid amount")

// EscrowTerms are a job's terms as far as they decide its escrow. Prices are udmc per 10^9 gas, amounts udmc.
type EscrowTerms struct {
	Units      uint32 // N
	BatchSize  uint32 // n
	GasLimit   uint64 // a unit
	MaxPrice   math.Int
	RoyaltyBps uint32
	FeeBps     uint32
	Auditors   uint32 // j, a batch
	Samples    uint32 // k, a batch
	AuditFloor math.Int
}

// Escrow returns what a job must be funded with:
// ceil(N*G*P*(10000+royalty+fee)/10^13) + batches*j*(ceil(1.7*k*G*P/10^9) + audit_floor).
func Escrow(t EscrowTerms) (math.Int, error) {
	batches, err := BatchCount(t.Units, t.BatchSize)
	if err != nil {
		return math.Int{}, err
	}
	if err := errors.Join(checkBps(t.RoyaltyBps), checkBps(t.FeeBps)); err != nil {
		return math.Int{}, err
	}
	if t.Samples > t.BatchSize {
		return math.Int{}, fmt.Errorf("%w: %d samples of a batch of %d", ErrRange, t.Samples, t.BatchSize)
	}
	if err := checkAmounts(t.MaxPrice, t.AuditFloor); err != nil {
		return math.Int{}, err
	}
	unit := product(u64(t.GasLimit), t.MaxPrice.BigInt())
	work := ceilDiv(product(unit, u64(uint64(t.Units)), u64(BasisPoints+uint64(t.RoyaltyBps)+uint64(t.FeeBps))), pow10(13))
	audit, err := AuditReserve(t.Samples, t.GasLimit, t.MaxPrice, t.AuditFloor)
	if err != nil {
		return math.Int{}, err
	}
	return amount(work.Add(work, product(audit.BigInt(), u64(uint64(batches)), u64(uint64(t.Auditors)))))
}

// AuditReserve returns ceil(1.7*k*G*P/10^9) + audit_floor, the most that one audit of a batch can cost, in udmc.
func AuditReserve(samples uint32, gasLimit uint64, maxPrice, auditFloor math.Int) (math.Int, error) {
	if err := checkAmounts(maxPrice, auditFloor); err != nil {
		return math.Int{}, err
	}
	reserve := ceilDiv(product(u64(gasLimit), maxPrice.BigInt(), u64(uint64(samples)), u64(17)), pow10(10))
	return amount(reserve.Add(reserve, auditFloor.BigInt()))
}

// BatchBond returns n*s, what a lease locks: ceil(factor*n_b*G*P/10^9) udmc, n_b being the batch's real length.
func BatchBond(factor, units uint32, gasLimit uint64, maxPrice math.Int) (math.Int, error) {
	if err := checkAmounts(maxPrice); err != nil {
		return math.Int{}, err
	}
	return amount(ceilDiv(product(u64(uint64(factor)), u64(uint64(units)), u64(gasLimit), maxPrice.BigInt()), pow10(9)))
}

// Payment is what a final batch pays, in udmc. Royalty and fee are on top of Pay, never out of it.
type Payment struct {
	Pay     math.Int
	Royalty math.Int
	Fee     math.Int
}

// Total is what the payment takes from the job's escrow.
func (p Payment) Total() math.Int { return p.Pay.Add(p.Royalty).Add(p.Fee) }

// BatchPayment returns pay = floor(gas_total*ask/10^9), once a batch, with royalty and fee = floor(pay*bps/10000)
// each. ask is udmc per 10^9 gas, as fixed at the draw.
func BatchPayment(gasTotal uint64, ask math.Int, royaltyBps, feeBps uint32) (Payment, error) {
	if err := errors.Join(checkBps(royaltyBps), checkBps(feeBps)); err != nil {
		return Payment{}, err
	}
	if err := checkAmounts(ask); err != nil {
		return Payment{}, err
	}
	pay := floorDiv(product(u64(gasTotal), ask.BigInt()), pow10(9))
	share := func(bps uint32) math.Int {
		return math.NewIntFromBigInt(floorDiv(product(pay, u64(uint64(bps))), u64(BasisPoints)))
	}
	return Payment{Pay: math.NewIntFromBigInt(pay), Royalty: share(royaltyBps), Fee: share(feeBps)}, nil
}

// AuditFee returns floor((1.3+round/10)*min(ask, max_price)*gas/10^9) + audit_floor for the gas that an auditor
// verified; rounds count from 0. Rounded down, it never exceeds what Escrow set aside.
func AuditFee(round uint32, gas uint64, ask, maxPrice, auditFloor math.Int) (math.Int, error) {
	if round >= MaxAuditRounds {
		return math.Int{}, fmt.Errorf("%w: audit round %d, at most %d rounds", ErrRange, round, MaxAuditRounds)
	}
	if err := checkAmounts(ask, maxPrice, auditFloor); err != nil {
		return math.Int{}, err
	}
	price := math.MinInt(ask, maxPrice).BigInt()
	fee := floorDiv(product(u64(uint64(13+round)), price, u64(gas)), pow10(10))
	return amount(fee.Add(fee, auditFloor.BigInt()))
}

// AuditDeposit returns ceil(13*k*G*P/10^9) + 10*audit_floor, what an auditor locks with its post.
func AuditDeposit(samples uint32, gasLimit uint64, maxPrice, auditFloor math.Int) (math.Int, error) {
	if err := checkAmounts(maxPrice, auditFloor); err != nil {
		return math.Int{}, err
	}
	deposit := ceilDiv(product(u64(13), u64(uint64(samples)), u64(gasLimit), maxPrice.BigInt()), pow10(9))
	return amount(deposit.Add(deposit, product(u64(10), auditFloor.BigInt())))
}

func checkBps(bps uint32) error {
	if bps > BasisPoints {
		return fmt.Errorf("%w: %d basis points, at most %d", ErrRange, bps, BasisPoints)
	}
	return nil
}

func checkAmounts(amounts ...math.Int) error {
	for _, a := range amounts {
		if a.IsNil() || a.IsNegative() || a.BigIntMut().BitLen() > maxAmountBits {
			return fmt.Errorf("%w: %s", ErrAmount, a)
		}
	}
	return nil
}

// amount keeps a computed sum within 128 bits, far below where math.Int panics.
func amount(x *big.Int) (math.Int, error) {
	if x.BitLen() > maxAmountBits {
		return math.Int{}, fmt.Errorf("%w: %s exceeds 128 bits", ErrAmount, x)
	}
	return math.NewIntFromBigInt(x), nil
}

func u64(x uint64) *big.Int { return new(big.Int).SetUint64(x) }

func pow10(n int64) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(n), nil) }

func product(factors ...*big.Int) *big.Int {
	p := big.NewInt(1)
	for _, f := range factors {
		p.Mul(p, f)
	}
	return p
}

func floorDiv(x, y *big.Int) *big.Int { return new(big.Int).Quo(x, y) }

func ceilDiv(x, y *big.Int) *big.Int {
	q, r := new(big.Int).QuoRem(x, y, new(big.Int))
	if r.Sign() > 0 {
		q.Add(q, big.NewInt(1))
	}
	return q
}
