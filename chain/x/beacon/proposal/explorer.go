package proposal

import (
	"encoding/hex"

	"github.com/cosmos/cosmos-sdk/client"
	sdk "github.com/cosmos/cosmos-sdk/types"
	txtypes "github.com/cosmos/cosmos-sdk/types/tx"

	"github.com/dmcn/dmcn/chain/x/beacon/types"
)

// ExplorerConfig wraps the transaction config of services that show blocks. They get the proof as a transaction
// without messages, whose memo tells what it is, where they would otherwise fail on a block's first bytes. The
// application itself must keep the plain config, under which a proof is no transaction.
type ExplorerConfig struct {
	client.TxConfig
}

// TxDecoder decodes transactions and proofs.
func (c ExplorerConfig) TxDecoder() sdk.TxDecoder {
	decode := c.TxConfig.TxDecoder()
	return func(raw []byte) (sdk.Tx, error) {
		if !types.IsProofTx(raw) {
			return decode(raw)
		}
		shown, err := asTx(raw)
		if err != nil {
			return nil, err
		}
		return decode(shown)
	}
}

func asTx(raw []byte) ([]byte, error) {
	proof, err := types.DecodeProofTx(raw)
	if err != nil {
		return nil, err
	}
	body, err := (&txtypes.TxBody{Memo: "beacon proof " + hex.EncodeToString(proof.Proof)}).Marshal()
	if err != nil {
		return nil, err
	}
	info, err := (&txtypes.AuthInfo{Fee: &txtypes.Fee{}}).Marshal()
	if err != nil {
		return nil, err
	}
	return (&txtypes.TxRaw{BodyBytes: body, AuthInfoBytes: info}).Marshal()
}
