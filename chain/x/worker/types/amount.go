package types

import (
	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"
)

// BasisPoints is one whole in basis points.
const BasisPoints = 10_000

// maxAmountBits keeps amounts far below where math.Int panics.
const maxAmountBits = 128

// CheckAmount returns ErrInvalidAmount unless the amount (udmc) is set, not negative and below 2^128.
func CheckAmount(amount math.Int) error {
	switch {
	case amount.IsNil():
		return errorsmod.Wrap(ErrInvalidAmount, "amount is missing")
	case amount.IsNegative():
		return errorsmod.Wrapf(ErrInvalidAmount, "%s is negative", amount)
	case amount.BigIntMut().BitLen() > maxAmountBits:
		return errorsmod.Wrapf(ErrInvalidAmount, "%s exceeds 128 bits", amount)
	}
	return nil
}

// CheckPositive is CheckAmount that refuses zero as well.
func CheckPositive(amount math.Int) error {
	if err := CheckAmount(amount); err != nil {
		return err
	}
	if amount.IsZero() {
		return errorsmod.Wrap(ErrInvalidAmount, "amount is zero")
	}
	return nil
}

func add(a, b math.Int) (math.Int, error) {
	if err := CheckAmount(b); err != nil {
		return math.Int{}, err
	}
	sum := a.Add(b)
	return sum, CheckAmount(sum)
}

// subtract returns ErrInconsistent where more is taken than there is: callers check what a user may ask for before.
func subtract(what string, a, b math.Int) (math.Int, error) {
	if err := CheckAmount(b); err != nil {
		return math.Int{}, err
	}
	if a.LT(b) {
		return math.Int{}, errorsmod.Wrapf(ErrInconsistent, "take %s udmc from %s of %s udmc", b, what, a)
	}
	return a.Sub(b), nil
}
