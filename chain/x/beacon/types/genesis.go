package types

import (
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/x/beacon/vrf"
)

// maxKeys is the number of keys kept for a validator: the one that counts and one that waits.
const maxKeys = 2

// DefaultGenesis has no keys and the first seed of a chain without a name; a real chain sets its own.
func DefaultGenesis() *GenesisState { return NewGenesis(DefaultParams(), GenesisSeed(""), 0) }

// NewGenesis is the genesis of a chain whose first block has the height after previous.
func NewGenesis(params Params, seed []byte, previous int64) *GenesisState {
	return &GenesisState{Params: params, Keys: []ValidatorKey{}, Seeds: []Seed{{Height: previous, Value: seed}}}
}

// Validate checks the form of the genesis. Whether every validator has a key is for CheckKeys.
func (g GenesisState) Validate() error {
	if err := g.Params.Validate(); err != nil {
		return err
	}
	if err := validateKeys(g.Keys); err != nil {
		return err
	}
	if len(g.Seeds) == 0 {
		return ErrInvalidGenesis.Wrap("there is no seed, at least the one before the first block is needed")
	}
	for i, seed := range g.Seeds {
		if err := seed.Validate(); err != nil {
			return err
		}
		if i > 0 && seed.Height != g.Seeds[i-1].Height+1 {
			return ErrInvalidGenesis.Wrapf("the seed of height %d follows that of %d", seed.Height, g.Seeds[i-1].Height)
		}
	}
	return nil
}

// CheckKeys returns ErrMissingKey where too few of the operators have a key that counts at height, see RequireKeys.
func (g GenesisState) CheckKeys(operators []string, height int64) error {
	active := map[string]bool{}
	for _, key := range g.Keys {
		active[key.Operator] = active[key.Operator] || key.ActiveHeight <= height
	}
	var missing []string
	for _, operator := range operators {
		if !active[operator] {
			missing = append(missing, operator)
		}
	}
	var latest Seed
	if len(g.Seeds) > 0 {
		latest = g.Seeds[len(g.Seeds)-1]
	}
	return RequireKeys(latest, operators, missing)
}

// RequireKeys returns ErrMissingKey if one of the operators has no key. A chain that goes on from an export, whose beacon
// was live before, may have such validators, as it had them before; only all of them may not lack one.
func RequireKeys(latest Seed, operators, missing []string) error {
	goesOn := latest.LiveCount > 0 && len(missing) < len(operators)
	if len(missing) == 0 || goesOn {
		return nil
	}
	return ErrMissingKey.Wrapf("%s: register one with its genesis transaction, or before the export", missing[0])
}

func validateKeys(keys []ValidatorKey) error {
	type id struct {
		operator string
		height   int64
	}
	seen, count := map[id]bool{}, map[string]int{}
	for _, key := range keys {
		if _, err := sdk.ValAddressFromBech32(key.Operator); err != nil {
			return ErrInvalidGenesis.Wrapf("the operator %q of a key: %v", key.Operator, err)
		}
		if len(key.PublicKey) != vrf.PublicKeySize {
			return ErrInvalidKey.Wrapf("that of %s has %d bytes, not %d", key.Operator, len(key.PublicKey), vrf.PublicKeySize)
		}
		if key.ActiveHeight < 0 || seen[id{key.Operator, key.ActiveHeight}] {
			return ErrInvalidGenesis.Wrapf("a second key of %s for height %d, or a negative one", key.Operator, key.ActiveHeight)
		}
		if count[key.Operator]++; count[key.Operator] > maxKeys {
			return ErrInvalidGenesis.Wrapf("more than %d keys of %s", maxKeys, key.Operator)
		}
		seen[id{key.Operator, key.ActiveHeight}] = true
	}
	return nil
}
