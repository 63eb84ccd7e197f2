package keeper_test

import (
	"context"
	"slices"
	"time"

	"cosmossdk.io/core/address"
	"cosmossdk.io/math"

	bech32 "github.com/cosmos/cosmos-sdk/codec/address"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	"github.com/cosmos/cosmos-sdk/crypto/keys/ed25519"
	sdk "github.com/cosmos/cosmos-sdk/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
)

// staking is a set of validators with powers, of which those with a jail term are jailed. It stands for x/staking and
// x/slashing.
type staking struct {
	validators []stakingtypes.Validator
	until      map[string]time.Time
}

// operatorOf a validator is account "validator N".
func operatorOf(n int) string { return "validator " + string(rune('a'+n)) }

func newStaking(powers ...int64) *staking {
	s := &staking{until: map[string]time.Time{}}
	for n, power := range powers {
		s.add(operatorOf(n), power)
	}
	return s
}

func (s *staking) add(name string, power int64) {
	operator, err := s.ValidatorAddressCodec().BytesToString((&fixture{}).addr(name))
	if err != nil {
		panic(err)
	}
	key, err := codectypes.NewAnyWithValue(ed25519.GenPrivKeyFromSecret([]byte(name)).PubKey())
	if err != nil {
		panic(err)
	}
	s.validators = append(s.validators, stakingtypes.Validator{
		OperatorAddress: operator, ConsensusPubkey: key, Status: stakingtypes.Bonded,
		Tokens: math.NewInt(power).Mul(sdk.DefaultPowerReduction),
	})
}

func (*staking) ValidatorAddressCodec() address.Codec { return bech32.NewBech32Codec("dmcnvaloper") }

func (s *staking) GetBondedValidatorsByPower(context.Context) ([]stakingtypes.Validator, error) {
	return slices.DeleteFunc(slices.Clone(s.validators), func(v stakingtypes.Validator) bool { return !v.IsBonded() || v.Jailed }), nil
}

func (s *staking) GetValidator(_ context.Context, operator sdk.ValAddress) (stakingtypes.Validator, error) {
	name, err := s.ValidatorAddressCodec().BytesToString(operator)
	if err != nil {
		return stakingtypes.Validator{}, err
	}
	for _, v := range s.validators {
		if v.OperatorAddress == name {
			return v, nil
		}
	}
	return stakingtypes.Validator{}, stakingtypes.ErrNoValidatorFound
}

func (s *staking) at(consensus sdk.ConsAddress) *stakingtypes.Validator {
	for i := range s.validators {
		if address, err := s.validators[i].GetConsAddr(); err == nil && string(address) == string(consensus) {
			return &s.validators[i]
		}
	}
	return nil
}

func (s *staking) Jail(_ context.Context, consensus sdk.ConsAddress) error {
	s.at(consensus).Jailed = true
	return nil
}

func (s *staking) JailUntil(_ context.Context, consensus sdk.ConsAddress, until time.Time) error {
	s.until[s.at(consensus).OperatorAddress] = until
	return nil
}

func (*staking) DowntimeJailDuration(context.Context) (time.Duration, error) {
	return 10 * time.Minute, nil
}
