// Package gentx makes genesis transactions: each creates a validator and registers its VRF key.
package gentx

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/cosmos/cosmos-sdk/client/tx"
	sdk "github.com/cosmos/cosmos-sdk/types"
	authsigning "github.com/cosmos/cosmos-sdk/x/auth/signing"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/dmcn/dmcn/chain/app"
	beacontypes "github.com/dmcn/dmcn/chain/x/beacon/types"
	"github.com/dmcn/dmcn/chain/x/beacon/vrf"
)

// Sign returns the genesis transaction of a validator, signed with its operator's key of the factory's keyring.
func Sign(
	ctx context.Context, factory tx.Factory, keyName string, create *stakingtypes.MsgCreateValidator, key vrf.Key,
) (authsigning.Tx, error) {
	operator, err := sdk.ValAddressFromBech32(create.ValidatorAddress)
	if err != nil {
		return nil, err
	}
	msgs := []sdk.Msg{create, beacontypes.NewMsgRegisterKey(operator, key)}
	if err := app.ValidateGenTx(msgs); err != nil {
		return nil, err
	}
	builder, err := factory.BuildUnsignedTx(msgs...)
	if err != nil {
		return nil, err
	}
	// in a genesis all accounts have number and sequence 0
	if err := tx.Sign(ctx, factory.WithAccountNumber(0).WithSequence(0), keyName, builder, true); err != nil {
		return nil, fmt.Errorf("sign the genesis transaction: %w", err)
	}
	return builder.GetTx(), nil
}

// Path is where `collect-gentxs` looks for the genesis transaction of a node.
func Path(home, nodeID string) string {
	return filepath.Join(home, "config", "gentx", fmt.Sprintf("gentx-%s.json", nodeID))
}

// Write stores a genesis transaction. It refuses to replace one.
func Write(path string, encode sdk.TxEncoder, transaction sdk.Tx) error {
	raw, err := encode(transaction)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	if _, err := file.Write(append(raw, '\n')); err != nil {
		return err
	}
	return file.Close()
}
