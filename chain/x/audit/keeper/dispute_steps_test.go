package keeper_test

import (
	"crypto/sha256"
	"fmt"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/dmcn/dmcn/chain/protocol"
	"github.com/dmcn/dmcn/chain/x/audit/types"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

func input(unit uint32) []byte { return fmt.Appendf(nil, "input %d", unit) }

func inputItems(units uint32) (items [][]byte) {
	for unit := range units {
		hash := sha256.Sum256(input(unit))
		items = append(items, hash[:])
	}
	return items
}

func inputRoot(units uint32) []byte {
	root := protocol.MerkleRoot(inputItems(units))
	return root[:]
}

func (f *fixture) proof(items [][]byte, index uint32) tasktypes.Proof {
	f.Helper()
	p, err := protocol.MerkleProof(items, int(index))
	require.NoError(f, err)
	return tasktypes.Proof{Total: p.Total, Index: p.Index, Aunts: p.Aunts}
}

// challengeMsg is carl's about a unit of a work.
func (f *fixture) challengeMsg(b tasktypes.Batch, w work, unit uint32) *types.MsgChallenge {
	f.Helper()
	var items [][]byte
	for _, l := range w.leaves {
		encoded, err := l.Protocol()
		require.NoError(f, err)
		items = append(items, encoded.Preimage(b.JobId, l.Unit))
	}
	job := f.job(b.JobId)
	at := unit - b.Index*job.Spec.BatchSize
	return &types.MsgChallenge{
		Challenger: f.named("carl"), JobId: b.JobId, Batch: b.Index, Epoch: b.Epoch, Leaf: w.leaves[at],
		LeafProof: f.proof(items, at), Input: input(unit), InputProof: f.proof(inputItems(job.Spec.Units), unit),
		Deposit: f.challengeDeposit(b.JobId),
	}
}

func (f *fixture) challengeDeposit(job uint64) math.Int {
	f.Helper()
	return must(f, f.queries.ChallengeDeposit, &types.QueryChallengeDepositRequest{JobId: job}).Deposit
}

func (f *fixture) inputMsg(b tasktypes.Batch, unit uint32) *types.MsgPostInput {
	f.Helper()
	return &types.MsgPostInput{
		Poster: f.named("bob"), JobId: b.JobId, Batch: b.Index, Epoch: b.Epoch, Unit: unit, Input: input(unit),
		Proof: f.proof(inputItems(f.job(b.JobId).Spec.Units), unit),
	}
}

func (f *fixture) dispute(id uint64) types.Dispute {
	f.Helper()
	return must(f, f.queries.Dispute, &types.QueryDisputeRequest{DisputeId: id}).Dispute
}

// commitMsg is a validator's vote for a leaf.
func (f *fixture) commitMsg(id uint64, validator int, leaf tasktypes.Leaf) *types.MsgCommitVote {
	f.Helper()
	encoded, err := leaf.Protocol()
	require.NoError(f, err)
	account, err := protocol.AccountFromBytes(f.addr(operatorOf(validator)))
	require.NoError(f, err)
	hash := protocol.VoteHash([32]byte{byte(validator)}, account, id, encoded.Preimage(f.dispute(id).JobId, leaf.Unit))
	return &types.MsgCommitVote{Operator: f.named(operatorOf(validator)), DisputeId: id, Hash: hash[:]}
}

func (f *fixture) revealMsg(id uint64, validator int, leaf tasktypes.Leaf) *types.MsgRevealVote {
	salt := [32]byte{byte(validator)}
	return &types.MsgRevealVote{Operator: f.named(operatorOf(validator)), DisputeId: id, Salt: salt[:], Leaf: leaf}
}

// ballot is what each of the first validators votes for.
type ballot []tasktypes.Leaf

// all of the four validators vote for one leaf.
func all(leaf tasktypes.Leaf) ballot { return ballot{leaf, leaf, leaf, leaf} }

// vote lets validators commit and reveal. The dispute has to be at the head of the queue.
func (f *fixture) vote(id uint64, votes ballot) {
	f.Helper()
	for validator, leaf := range votes {
		must(f, f.msgs.CommitVote, f.commitMsg(id, validator, leaf))
	}
	for f.dispute(id).State == types.DISPUTE_STATE_COMMITTING {
		f.endBlock()
	}
	for validator, leaf := range votes {
		must(f, f.msgs.RevealVote, f.revealMsg(id, validator, leaf))
	}
	f.endBlock()
}

// opened brings the first batch of a job to the opening of a work with wrong units, its audits posted with other wrong units.
func (f *fixture) opened(worker, auditor []uint32) (tasktypes.Batch, work) {
	f.Helper()
	b := f.offered()
	w := f.compute(b, worker...)
	f.commit(b, w)
	f.audited(b, auditor...)
	must(f, f.jobs.Open, openMsg(f, b, w))
	return f.batch(b), w
}

// slashes are those that wait.
func (f *fixture) slashes() []workertypes.Slash {
	f.Helper()
	g, err := f.workers.ExportGenesis(f.ctx)
	require.NoError(f, err)
	return g.Slashes
}

// shares of a slash by role, in udmc.
func shares(s workertypes.Slash) map[workertypes.SlashRole]int64 {
	sums := map[workertypes.SlashRole]int64{}
	for _, share := range s.Shares {
		sums[share.Role] += share.Amount.Int64()
	}
	return sums
}

// recipients of a slash's shares in a role.
func recipients(s workertypes.Slash, role workertypes.SlashRole) (names []string) {
	for _, share := range s.Shares {
		if share.Role == role {
			names = append(names, share.Recipient)
		}
	}
	return names
}
