package app

import (
	"fmt"

	sdk "github.com/cosmos/cosmos-sdk/types"
	genutiltypes "github.com/cosmos/cosmos-sdk/x/genutil/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	beacontypes "github.com/dmcn/dmcn/chain/x/beacon/types"
)

// ValidateGenTx checks the messages of a genesis transaction: it makes a validator and, since no genesis may have a
// validator without one, registers the same validator's VRF key.
func ValidateGenTx(msgs []sdk.Msg) error {
	if len(msgs) != 2 {
		return fmt.Errorf("a genesis transaction has the two messages MsgCreateValidator and MsgRegisterKey, not %d messages: "+
			"make it with `dmcnd genesis gentx`", len(msgs))
	}
	if err := genutiltypes.DefaultMessageValidator(msgs[:1]); err != nil {
		return err
	}
	create := msgs[0].(*stakingtypes.MsgCreateValidator)
	register, ok := msgs[1].(*beacontypes.MsgRegisterKey)
	if !ok {
		return fmt.Errorf("the second message of a genesis transaction registers a VRF key, but it is a %T", msgs[1])
	}
	if register.Operator != create.ValidatorAddress {
		return fmt.Errorf("the VRF key is for %s, the validator is %s", register.Operator, create.ValidatorAddress)
	}
	operator, err := sdk.ValAddressFromBech32(register.Operator)
	if err != nil {
		return fmt.Errorf("the operator of the VRF key: %w", err)
	}
	return register.CheckPossession(operator)
}
