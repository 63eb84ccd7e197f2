package protocol_test

import (
	"crypto/sha256"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/dmcn/dmcn/chain/protocol"
)

func TestLeaf(t *testing.T) {
	var golden struct {
		Encodings []struct {
			Name     string
			Job      uint64 `json:",string"`
			Unit     uint32
			Leaf     leafCase
			Record   octets
			Preimage octets
		}
		Judgements []struct {
			Name     string
			Valid    bool
			GasLimit uint64 `json:",string"`
			Leaf     leafCase
		}
	}
	goldenCases(t, "leaf", &golden)
	require.NotEmpty(t, golden.Encodings)
	for _, c := range golden.Encodings {
		t.Run(c.Name, func(t *testing.T) {
			leaf := c.Leaf.leaf(t)
			require.Equal(t, []byte(c.Record), leaf.Record())
			require.Equal(t, []byte(c.Preimage), leaf.Preimage(c.Job, c.Unit))
			require.Len(t, c.Record, protocol.LeafRecordLength)
			require.Len(t, c.Preimage, protocol.LeafPreimageLength)
		})
	}
	require.NotEmpty(t, golden.Judgements)
	for _, c := range golden.Judgements {
		t.Run(c.Name, func(t *testing.T) {
			err := c.Leaf.leaf(t).Validate(c.GasLimit)
			if c.Valid {
				require.NoError(t, err)
			} else {
				require.ErrorIs(t, err, protocol.ErrInvalidLeaf)
			}
		})
	}
	require.ErrorIs(t, protocol.Leaf{Status: 7}.Validate(1), protocol.ErrInvalidLeaf)
}

type proofCase struct {
	Total    uint64 `json:",string"`
	Index    uint64 `json:",string"`
	LeafHash octets
	Aunts    []octets
}

func (c proofCase) proof() protocol.Proof {
	p := protocol.Proof{Total: c.Total, Index: c.Index, LeafHash: c.LeafHash, Aunts: make([][]byte, 0, len(c.Aunts))}
	for _, aunt := range c.Aunts {
		p.Aunts = append(p.Aunts, aunt)
	}
	return p
}

func raw(items []octets) [][]byte {
	out := make([][]byte, len(items))
	for i, item := range items {
		out[i] = item
	}
	return out
}

func TestMerkle(t *testing.T) {
	var golden struct {
		Trees []struct {
			Name   string
			Items  []octets
			Root   octets
			Proofs []proofCase
		}
		Refused []struct {
			Name  string
			Root  octets
			Total uint64 `json:",string"`
			Index uint64 `json:",string"`
			Item  octets
			Proof proofCase
		}
	}
	goldenCases(t, "merkle", &golden)
	require.NotEmpty(t, golden.Trees)
	for _, c := range golden.Trees {
		t.Run(c.Name, func(t *testing.T) {
			items := raw(c.Items)
			root := protocol.MerkleRoot(items)
			require.Equal(t, c.Root.hash(t), root)
			for _, p := range c.Proofs {
				made, err := protocol.MerkleProof(items, int(p.Index))
				require.NoError(t, err)
				require.Equal(t, p.proof(), made)
				require.NoError(t, protocol.VerifyProof(root, uint64(len(items)), p.Index, items[p.Index], p.proof()))
			}
			_, err := protocol.MerkleProof(items, len(items))
			require.ErrorIs(t, err, protocol.ErrRange)
		})
	}
	require.NotEmpty(t, golden.Refused)
	for _, c := range golden.Refused {
		t.Run("refused: "+c.Name, func(t *testing.T) {
			err := protocol.VerifyProof(c.Root.hash(t), c.Total, c.Index, c.Item, c.Proof.proof())
			require.ErrorIs(t, err, protocol.ErrInvalidProof)
		})
	}
}

func TestInputIndex(t *testing.T) {
	var golden struct {
		Cases []struct {
			Name      string
			Inputs    []octets
			Index     octets
			IndexHash octets
			Root      octets
		}
	}
	goldenCases(t, "input-index", &golden)
	require.NotEmpty(t, golden.Cases)
	for _, c := range golden.Cases {
		t.Run(c.Name, func(t *testing.T) {
			var index []byte
			hashes := make([][]byte, len(c.Inputs))
			for i, input := range c.Inputs {
				hash := sha256.Sum256(input)
				hashes[i] = hash[:]
				index = append(index, hash[:]...)
			}
			require.Equal(t, []byte(c.Index), index)
			require.Equal(t, c.IndexHash.hash(t), protocol.Hash(sha256.Sum256(index)))
			require.Equal(t, c.Root.hash(t), protocol.MerkleRoot(hashes))
		})
	}
}

type commitmentCase struct {
	Name       string
	Lease      leaseCase
	FirstUnit  uint32
	GasLimit   uint64 `json:",string"`
	Key        octets
	Leaves     []leafCase
	Root       octets
	GasTotal   uint64 `json:",string"`
	Commitment octets
}

func (c commitmentCase) verify(t *testing.T) (protocol.Hash, error) {
	t.Helper()
	opening := protocol.Opening{Key: c.Key.key(t), GasTotal: c.GasTotal, Leaves: leavesOf(t, c.Leaves)}
	return opening.Verify(c.Commitment.hash(t), c.Lease.id(t), c.FirstUnit, c.GasLimit)
}

func TestCommitment(t *testing.T) {
	var golden struct{ Cases, Refused []commitmentCase }
	goldenCases(t, "commitment", &golden)
	require.NotEmpty(t, golden.Cases)
	for _, c := range golden.Cases {
		t.Run(c.Name, func(t *testing.T) {
			commitment := protocol.Commitment(c.Lease.id(t), c.Key.key(t), c.Root.hash(t), c.GasTotal)
			require.Equal(t, c.Commitment.hash(t), commitment)
			root, err := c.verify(t)
			require.NoError(t, err)
			require.Equal(t, c.Root.hash(t), root)
		})
	}
	require.NotEmpty(t, golden.Refused)
	for _, c := range golden.Refused {
		t.Run("refused: "+c.Name, func(t *testing.T) {
			_, err := c.verify(t)
			require.Error(t, err)
		})
	}
}

func TestAuditAndVote(t *testing.T) {
	var golden struct {
		Audits []struct{ Auditor, Leaf, Hash octets }
		Votes  []struct {
			Salt, Valoper, Leaf, Hash octets
			Dispute                   uint64 `json:",string"`
		}
	}
	goldenCases(t, "audit-and-vote", &golden)
	require.NotEmpty(t, golden.Audits)
	for _, c := range golden.Audits {
		require.Equal(t, c.Hash.hash(t), protocol.AuditHash(c.Auditor.account(t), c.Leaf))
	}
	require.NotEmpty(t, golden.Votes)
	for _, c := range golden.Votes {
		hash := protocol.VoteHash([32]byte(c.Salt), c.Valoper.account(t), c.Dispute, c.Leaf)
		require.Equal(t, c.Hash.hash(t), hash)
	}
}

func TestLengths(t *testing.T) {
	for _, length := range []int{0, 19, 21, 31, 33} {
		t.Run(fmt.Sprint(length), func(t *testing.T) {
			b := make([]byte, length)
			_, err := protocol.AccountFromBytes(b)
			require.ErrorIs(t, err, protocol.ErrLength)
			_, err = protocol.HashFromBytes(b)
			require.ErrorIs(t, err, protocol.ErrLength)
			_, err = protocol.KeyFromBytes(b)
			require.ErrorIs(t, err, protocol.ErrLength)
		})
	}
}
