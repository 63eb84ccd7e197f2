package types

import (
	"encoding/binary"
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/dmcn/dmcn/chain/protocol"
)

// walk takes a batch through events, each of which must be a row, and returns the last effects.
func walk(t *testing.T, b Batch, events ...Event) (Batch, Effects) {
	t.Helper()
	var effects Effects
	for _, e := range events {
		var err error
		b, effects, err = b.Next(e)
		require.NoError(t, err, e.Name())
	}
	return b, effects
}

func refused(t *testing.T, b Batch, e Event, want error) {
	t.Helper()
	_, _, err := b.Next(e)
	require.ErrorIs(t, err, want)
}

func TestNextOpensOnceAllAuditorsPosted(t *testing.T) {
	posted := AuditPosted{At: at, Epoch: 2}
	b, _ := walk(t, inState(BATCH_STATE_AUDIT_WAIT), posted)
	require.Equal(t, BATCH_STATE_AUDIT_WAIT, b.State)
	b, effects := walk(t, b, posted)
	require.Equal(t, BATCH_STATE_OPENING, b.State)
	require.Equal(t, now+60, b.Deadline)
	require.Empty(t, effects)

	b, _ = walk(t, inState(BATCH_STATE_AUDIT_WAIT), posted, AuditorsMissing{At: at, Missing: 1})
	require.Equal(t, BATCH_STATE_OPENING, b.State)
	require.Equal(t, uint32(1), b.Selection.Auditors)

	b, _ = walk(t, inState(BATCH_STATE_AUDIT_WAIT), AuditorsMissing{At: at, Missing: 2})
	require.Equal(t, BATCH_STATE_OPENING, b.State, "nobody exists")
	refused(t, inState(BATCH_STATE_AUDIT_WAIT), AuditorsMissing{At: at, Missing: 3}, ErrInvariant)
}

func TestNextHasFiveRoundsOfAuditors(t *testing.T) {
	b := inState(BATCH_STATE_AUDIT_WAIT)
	for round := uint32(1); round <= 5; round++ {
		end := AuditRoundEnded{At{Height: b.Deadline, Terms: testTerms}}
		next, effects := walk(t, b, end)
		require.Equal(t, Effects{EndAuditRound{Last: round == 5}}, effects)
		if round == 5 {
			require.Equal(t, BATCH_STATE_OPENING, next.State)
			require.Zero(t, next.Selection.Auditors)
			return
		}
		require.Equal(t, BATCH_STATE_AUDIT_WAIT, next.State)
		require.Equal(t, round, next.Selection.Round)
		b = next
	}
}

func TestNextCoinOfTheCommitItself(t *testing.T) {
	refused(t, inState(BATCH_STATE_COMMITTED), CoinHit{At: at, SeedHeight: now - 10, Auditors: 1}, ErrNotDue)
}

func TestNextOpensASelectedBatch(t *testing.T) {
	opening := with(BATCH_STATE_OPENING, func(b *Batch) { b.Selection = testSelection(1, 1) })
	open := Opened{At: at, Epoch: 2, Root: []byte{3}, GasTotal: 2_500, Opener: other}

	t.Run("audits equal", func(t *testing.T) {
		b, effects := walk(t, opening, open)
		require.Equal(t, BATCH_STATE_CHALLENGE, b.State)
		require.Equal(t, now+12, b.Deadline)
		require.Equal(t, Effects{SettleAudits{}}, effects)
		_, effects = walk(t, b, BatchAccepted{At: at, Epoch: 2})
		require.Contains(t, effects, RecordMatched{holder})
		require.Equal(t, EndAudits{}, effects[len(effects)-1])
	})
	t.Run("a job too cheap for standing", func(t *testing.T) {
		b, _ := walk(t, opening, open)
		cheap := testTerms
		cheap.EarnsStanding = false
		_, effects := walk(t, b, BatchAccepted{At: At{now, cheap}, Epoch: 2})
		require.NotContains(t, effects, RecordMatched{holder})
	})
	t.Run("nobody audited", func(t *testing.T) {
		b, _ := walk(t, with(BATCH_STATE_OPENING, func(b *Batch) { b.Selection = testSelection(0, 0) }), open)
		_, effects := walk(t, b, BatchAccepted{At: at, Epoch: 2})
		require.NotContains(t, effects, RecordMatched{holder})
	})
	t.Run("audits differ", func(t *testing.T) {
		differs := open
		differs.Disputed = []Leaf{wrong, {Unit: 17}}
		b, effects := walk(t, opening, differs)
		require.Equal(t, BATCH_STATE_DISPUTED, b.State)
		require.Equal(t, now+121, b.Deadline)
		require.Empty(t, effects)

		b, effects = walk(t, b, InputPosted{At: at, Epoch: 2, DisputeID: 4}, VotingStarted{at, 4}, DecidedForWorker{at, 4})
		require.Equal(t, BATCH_STATE_DISPUTED, b.State, "the next differing unit")
		require.Equal(t, []uint32{15}, b.SettledUnits)
		require.Len(t, effects, 1)

		b, effects = walk(t, b, DataTimedOut{At{b.Deadline, testTerms}})
		require.Equal(t, BATCH_STATE_CHALLENGE, b.State)
		require.Equal(t, now+121+12, b.Deadline, "the whole window is left")
		require.Equal(t, Effects{SettleAudits{}}, effects[1:])
		_, effects = walk(t, b, BatchAccepted{At: at, Epoch: 2})
		require.NotContains(t, effects, RecordMatched{holder}, "audits that differ earn no standing")
	})
}

func TestNextShownKey(t *testing.T) {
	show := KeyShown{At: at, Epoch: 2, LiveCount: live, CoinThreshold: 9}
	shown, _ := walk(t, inState(BATCH_STATE_COMMITTED), show)
	require.Equal(t, uint32(10_000), shown.Commitment.AuditBps)
	require.Equal(t, uint64(9), shown.Commitment.CoinThreshold)
	require.Equal(t, live+4, shown.Commitment.LiveTarget, "as many live heights as for a newcomer")
	refused(t, shown, show, ErrKeyShown)
	refused(t, shown, CoinHit{At: at, SeedHeight: now, Auditors: 1}, ErrNotDue)
	b, _ := walk(t, shown, CoinHit{At: at, SeedHeight: now + 1, Auditors: 1})
	require.Equal(t, BATCH_STATE_AUDIT_WAIT, b.State)
	refused(t, b, show, ErrTransition)
	b, _ = walk(t, b, AuditPosted{At: at, Epoch: 2})
	require.Equal(t, BATCH_STATE_OPENING, b.State)
	b, _ = walk(t, b, Opened{At: at, Epoch: 2, Root: []byte{3}, GasTotal: 2_500, Opener: other})
	_, effects := walk(t, b, BatchAccepted{At: at, Epoch: 2})
	require.NotContains(t, effects, RecordMatched{holder}, "audits that could be copied earn no standing")
}

func TestCoinHits(t *testing.T) {
	batch := func(bps uint32, threshold uint64) Batch {
		return with(BATCH_STATE_COMMITTED, func(b *Batch) {
			b.Commitment.Height, b.Commitment.LiveTarget = 100, 50
			b.Commitment.AuditBps, b.Commitment.CoinThreshold = bps, threshold
		})
	}
	id := protocol.RandomID{Job: batch(0, 0).JobId, Batch: batch(0, 0).Index, Epoch: batch(0, 0).Epoch}
	seed := protocol.Hash{1}
	random := protocol.Random(seed, protocol.PurposeCoin, id)
	value := binary.BigEndian.Uint64(random[:8])
	require.True(t, batch(2_000, value+1).CoinHits(101, 49, seed))
	require.False(t, batch(2_000, value).CoinHits(101, 49, seed))
	require.False(t, batch(2_000, value+1).CoinHits(100, 49, seed), "the commit's own height")
	require.False(t, batch(2_000, value+1).CoinHits(101, 51, seed), "behind its heights")
	require.False(t, batch(2_000, value).CoinHits(101, 50, seed))
	require.True(t, batch(10_000, value).CoinHits(101, 50, seed), "a certain coin at its last height")
	require.False(t, batch(10_000, value).CoinHits(101, 49, seed), "and not at any height before")
	shown := batch(10_000, value+1)
	shown.Commitment.KeyShownHeight = 101
	require.False(t, shown.CoinHits(101, 49, seed))
	require.True(t, shown.CoinHits(102, 49, seed))
}

func TestNextWithholds(t *testing.T) {
	opening := with(BATCH_STATE_OPENING, func(b *Batch) { b.Selection = testSelection(1, 1) })
	queued, effects := walk(t, opening, OpeningTimedOut{At: at, AuditFees: fees})
	require.Equal(t, BATCH_STATE_QUEUED, queued.State)
	require.Equal(t, uint32(3), queued.Epoch)
	require.True(t, queued.Lease.Bonded, "the bond stays locked")
	require.Equal(t, bond.Sub(fees), queued.Lease.Bond)
	require.Equal(t, Effects{PayAuditsFromBond{holder, fees}, ReleaseEarmark{}}, effects)
	require.NoError(t, queued.checkParts())
	_, effects = walk(t, queued, JobEnded{})
	withheld := effects[0].(Withhold).Batch
	require.Equal(t, BATCH_STATE_WITHHELD, withheld.State)
	require.Equal(t, uint32(2), withheld.Epoch)
	require.Equal(t, now+201, withheld.Deadline)
	require.NoError(t, withheld.checkParts())

	open := Opened{At: at, Epoch: 2, Root: []byte{3}, GasTotal: 2_500, Opener: other}
	t.Run("opened before it is offered again", func(t *testing.T) {
		b, effects := walk(t, queued, open)
		require.Equal(t, BATCH_STATE_CHALLENGE, b.State)
		require.Equal(t, uint32(2), b.Epoch)
		require.Empty(t, effects, "its bond is locked and its audits are paid already")
	})
	t.Run("offered again", func(t *testing.T) {
		b, effects := walk(t, queued, Drawn{At: at, Lease: *testLease(false)})
		require.Nil(t, b.Selection)
		require.Equal(t, Effects{Withhold{withheld}, ReserveBond{holder, bond}}, effects)
		refused(t, b, open, ErrWrongEpoch)
	})
	t.Run("opened beside its batch", func(t *testing.T) {
		b, effects := walk(t, withheld, open)
		require.Equal(t, BATCH_STATE_ENDED, b.State)
		require.Equal(t, Effects{UnlockBond{holder, bond.Sub(fees)}, EndAudits{}}, effects)
	})
	t.Run("opened, and an audit differs", func(t *testing.T) {
		differs := open
		differs.Disputed = []Leaf{wrong}
		b, _ := walk(t, withheld, differs)
		require.Equal(t, BATCH_STATE_DISPUTED, b.State)
		refused(t, b, Challenged{At: at, Epoch: 2, Leaf: Leaf{Unit: 16}, DisputeID: 9}, ErrTransition)
		voting, _ := walk(t, b, InputPosted{At: at, Epoch: 2, DisputeID: 4})
		b, effects := walk(t, voting, DecidedForWorker{at, 4})
		require.Equal(t, BATCH_STATE_ENDED, b.State)
		require.Contains(t, effects, UnlockBond{holder, bond.Sub(fees)})
		b, effects = walk(t, voting, DecidedAgainstWorker{at, 4}, FraudForfeited{at})
		require.Equal(t, BATCH_STATE_ENDED, b.State, "its batch goes on by itself")
		require.Equal(t, ForfeitBond{holder, bond.Sub(fees), voting.Disputes[0]}, effects[0])
	})
	t.Run("too late", func(t *testing.T) {
		late := open
		late.At = At{withheld.Deadline + 1, testTerms}
		refused(t, withheld, late, ErrLate)
	})
}

func TestNextChallengesQueueUp(t *testing.T) {
	challenge := func(unit uint32, id uint64) Challenged {
		return Challenged{At: at, Epoch: 2, Leaf: Leaf{Unit: unit}, DisputeID: id}
	}
	open := with(BATCH_STATE_CHALLENGE, func(b *Batch) { b.Deadline = now + 7 })
	b, effects := walk(t, open, challenge(15, 1), challenge(17, 2), challenge(16, 3))
	require.Equal(t, BATCH_STATE_VOTING, b.State)
	require.Empty(t, effects, "only the first one waits for the referees")
	refused(t, b, challenge(17, 4), ErrAlreadyDisputed)
	refused(t, b, DecidedForWorker{at, 2}, ErrTransition)
	full, _ := walk(t, b, challenge(18, 4))
	refused(t, full, challenge(19, 5), ErrTooManyDisputes)

	b, effects = walk(t, b, VotingStarted{at, 1}, DecidedForWorker{at, 1})
	require.Equal(t, BATCH_STATE_VOTING, b.State)
	require.Equal(t, QueueDispute{2}, effects[1])
	refused(t, b, challenge(15, 6), ErrUnitSettled)
	refused(t, b, VotingTimedOut{At{maxBlocks, testTerms}, 2}, ErrNotDue)

	fraud, effects := walk(t, b, DecidedAgainstWorker{at, 2}, FraudForfeited{at})
	require.Equal(t, BATCH_STATE_QUEUED, fraud.State)
	require.Equal(t, EndDispute{DisputedUnit{Leaf: Leaf{Unit: 16}, DisputeId: 3}, OutcomeMoot}, effects[2])

	b, _ = walk(t, b, DecidedForWorker{at, 2}, DecidedForWorker{at, 3})
	require.Equal(t, BATCH_STATE_CHALLENGE, b.State)
	require.Equal(t, now+7, b.Deadline, "the clock stood still")
	require.Equal(t, []uint32{15, 17, 16}, b.SettledUnits)
}

func TestNextEndsTheAuditsOfAnEpoch(t *testing.T) {
	demanded := with(BATCH_STATE_DEMANDED, func(b *Batch) {
		b.Selection = &Selection{Height: 1, Settled: true, Earmarked: math.ZeroInt()}
	})
	_, effects := walk(t, demanded, DemandTimedOut{At: at})
	require.Equal(t, EndAudits{}, effects[len(effects)-1])
	fraud := with(BATCH_STATE_FRAUD, func(b *Batch) { b.Selection = testSelection(1, 1) })
	_, effects = walk(t, fraud, FraudForfeited{at})
	require.Equal(t, Effects{EndAudits{}}, effects[2:])
}
