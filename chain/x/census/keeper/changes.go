package keeper

import (
	"bytes"

	"github.com/dmcn/dmcn/chain/x/census/types"
)

// changesOf compares two lists of validators: what is new or another comes in the order of the second one, then what is gone.
func changesOf(before, after []*types.Validator) ([]*types.EventValidatorChanged, error) {
	known := make(map[string]*types.Validator, len(before))
	for _, validator := range before {
		known[validator.Operator] = validator
	}
	var changes []*types.EventValidatorChanged
	for _, validator := range after {
		old := known[validator.Operator]
		delete(known, validator.Operator)
		if old != nil {
			if same, err := equal(old, validator); err != nil {
				return nil, err
			} else if same {
				continue
			}
		}
		changes = append(changes, &types.EventValidatorChanged{Old: old, New: validator})
	}
	for _, validator := range before {
		if _, gone := known[validator.Operator]; gone {
			changes = append(changes, &types.EventValidatorChanged{Old: validator})
		}
	}
	return changes, nil
}

func equal(a, b *types.Validator) (bool, error) {
	one, err := a.Marshal()
	if err != nil {
		return false, err
	}
	other, err := b.Marshal()
	return bytes.Equal(one, other), err
}
