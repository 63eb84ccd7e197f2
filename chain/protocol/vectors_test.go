package protocol_test

import (
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"cosmossdk.io/math"
	"github.com/stretchr/testify/require"

	"github.com/dmcn/dmcn/chain/protocol"
)

// octets are bytes that the golden cases write in hex.
type octets []byte

func (o *octets) UnmarshalJSON(data []byte) error {
	var text string
	if err := json.Unmarshal(data, &text); err != nil {
		return err
	}
	b, err := hex.DecodeString(text)
	*o = b
	return err
}

func (o octets) hash(t *testing.T) protocol.Hash {
	t.Helper()
	h, err := protocol.HashFromBytes(o)
	require.NoError(t, err)
	return h
}

func (o octets) key(t *testing.T) protocol.Key {
	t.Helper()
	k, err := protocol.KeyFromBytes(o)
	require.NoError(t, err)
	return k
}

func (o octets) account(t *testing.T) protocol.Account {
	t.Helper()
	a, err := protocol.AccountFromBytes(o)
	require.NoError(t, err)
	return a
}

// amount is a decimal string that may exceed 64 bits.
type amount struct{ math.Int }

func (a *amount) UnmarshalJSON(data []byte) error {
	return json.Unmarshal(data, &a.Int)
}

type leafCase struct {
	Status     string
	ExitCode   uint32
	Gas        uint64 `json:",string"`
	OutputHash octets
}

func (c leafCase) leaf(t *testing.T) protocol.Leaf {
	t.Helper()
	for status := protocol.StatusOK; status.Valid(); status++ {
		if status.String() == c.Status {
			return protocol.Leaf{Status: status, ExitCode: c.ExitCode, Gas: c.Gas, OutputHash: c.OutputHash.hash(t)}
		}
	}
	require.Fail(t, "unknown status", c.Status)
	return protocol.Leaf{}
}

func leavesOf(t *testing.T, cases []leafCase) []protocol.Leaf {
	t.Helper()
	leaves := make([]protocol.Leaf, len(cases))
	for i, c := range cases {
		leaves[i] = c.leaf(t)
	}
	return leaves
}

type leaseCase struct {
	Worker octets
	Job    uint64 `json:",string"`
	Batch  uint32
	Epoch  uint32
}

func (c leaseCase) id(t *testing.T) protocol.LeaseID {
	t.Helper()
	return protocol.LeaseID{Worker: c.Worker.account(t), Job: c.Job, Batch: c.Batch, Epoch: c.Epoch}
}

// goldenCases reads protocol/testvectors/<topic>.json, which the TypeScript package runs too.
func goldenCases(t *testing.T, topic string, into any) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "protocol", "testvectors", topic+".json"))
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(data, into))
}
