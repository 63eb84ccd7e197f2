package simulation

import (
	"github.com/stretchr/testify/require"

	audittypes "github.com/dmcn/dmcn/chain/x/audit/types"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

// disputeRows are what a few runs reach together.
var disputeRows = []string{
	"dispute Queued - queued -> Queued", "dispute Queued - started -> Committing", "dispute Committing - committed -> Revealing",
	"dispute Revealing - revealed -> Decided", "dispute Revealing - deadline -> Decided", "dispute Revealing - extended -> Committing",
	"verdict VERDICT_FOR_WORKER", "verdict VERDICT_AGAINST_WORKER", "verdict VERDICT_NONE",
	"validator absent, jailed true",
	"slash SLASH_KIND_LEAF", "slash SLASH_KIND_AUDIT", "slash SLASH_KIND_CHALLENGE",
}

// stepDispute counts a dispute's way, and what the end of a block moves of the queue.
func (w *world) stepDispute(s *audittypes.EventDisputeStateChanged) {
	w.Helper()
	d := s.Dispute
	w.seen.rows["dispute "+s.OldState.Short()+" - "+s.Cause+" -> "+d.State.Short()]++
	if d.State == audittypes.DISPUTE_STATE_DECIDED {
		w.seen.rows["verdict "+d.Verdict.String()]++
	}
	if s.Cause == "started" || s.Cause == "revealed" {
		w.books.moved++
	}
}

// holdSlash follows a challenge's deposit that is lost. What a bond loses is in the worker's record.
func (w *world) holdSlash(s *workertypes.EventSlashHeld) {
	w.Helper()
	w.seen.rows["slash "+s.Slash.Kind.String()]++
	if s.Slash.Kind == workertypes.SLASH_KIND_CHALLENGE {
		require.False(w, w.books.paused[audittypes.DepositAccount], "taken while payouts are paused: %s", s)
		w.books.challenges.add(moduleAddress(workertypes.HoldAccount).String(), s.Slash.Amount)
	}
}

// checkDisputes is "no verdict without referees" (6), and that no more power is jailed for absence in a window than may be.
func (w *world) checkDisputes() {
	w.Helper()
	for _, d := range w.state.audit.Disputes {
		decided := d.Verdict == audittypes.VERDICT_FOR_WORKER || d.Verdict == audittypes.VERDICT_AGAINST_WORKER
		require.False(w, decided && d.RevealedPower <= d.TotalPower/2, d.Label())
		require.True(w, d.RevealedPower <= d.CommittedPower && d.CommittedPower <= d.TotalPower, d.Label())
	}
}
