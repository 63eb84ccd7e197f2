package keeper

import (
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/dmcn/dmcn/chain/x/census/types"
)

func validator(operator string, tokens int64) *types.Validator {
	return &types.Validator{Operator: operator, Tokens: math.NewInt(tokens), Commission: "0.1"}
}

func TestWhatChangedOfValidators(t *testing.T) {
	a, b, c := validator("a", 1), validator("b", 2), validator("c", 3)
	jailed, dearer := validator("a", 1), validator("a", 1)
	jailed.Jailed, dearer.Commission = true, "0.2"
	for name, example := range map[string]struct {
		before, after []*types.Validator
		told          []*types.EventValidatorChanged
	}{
		"nothing":     {[]*types.Validator{a, b}, []*types.Validator{validator("a", 1), validator("b", 2)}, nil},
		"the first":   {nil, []*types.Validator{a, b}, []*types.EventValidatorChanged{{New: a}, {New: b}}},
		"a new one":   {[]*types.Validator{a, c}, []*types.Validator{a, b, c}, []*types.EventValidatorChanged{{New: b}}},
		"one is gone": {[]*types.Validator{a, b}, []*types.Validator{b}, []*types.EventValidatorChanged{{Old: a}}},
		"stake":       {[]*types.Validator{a}, []*types.Validator{validator("a", 5)}, []*types.EventValidatorChanged{{Old: a, New: validator("a", 5)}}},
		"jailed":      {[]*types.Validator{a}, []*types.Validator{jailed}, []*types.EventValidatorChanged{{Old: a, New: jailed}}},
		"commission":  {[]*types.Validator{a}, []*types.Validator{dearer}, []*types.EventValidatorChanged{{Old: a, New: dearer}}},
	} {
		t.Run(name, func(t *testing.T) {
			told, err := changesOf(example.before, example.after)
			require.NoError(t, err)
			require.Equal(t, example.told, told)
		})
	}
}
