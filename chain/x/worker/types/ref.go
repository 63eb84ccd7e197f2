package types

// BatchRef names the lease for which something happened to a worker.
type BatchRef struct {
	JobID uint64
	Batch uint32
	Epoch uint32
}

// Cause tells in events why a worker changed.
type Cause string

// The causes, as the events have them.
const (
	CauseRegister     Cause = "register"
	CauseBond         Cause = "bond"
	CauseWithdraw     Cause = "withdraw"
	CausePause        Cause = "pause"
	CauseResume       Cause = "resume"
	CauseOffer        Cause = "offer"
	CauseOfferGone    Cause = "offer_gone"
	CauseLease        Cause = "lease"
	CauseLeaseEnd     Cause = "lease_end"
	CauseUnlock       Cause = "unlock"
	CauseLapse        Cause = "lapse"
	CauseLapseRelease Cause = "lapse_release"
	CauseMissedOffer  Cause = "missed_offer"
	CauseResponded    Cause = "responded"
	CauseNotOpened    Cause = "not_opened"
	CauseFinal        Cause = "final"
	CauseAuditFee     Cause = "audit_fee"
	CauseParams       Cause = "params"
	CauseDeposit      Cause = "deposit"
	CauseSlash        Cause = "slash"
	CauseReversed     Cause = "slash_reversed"
	CauseAuditPosted  Cause = "audit_posted"
	CauseAuditMissed  Cause = "audit_missed"
	CauseAuditMatched Cause = "audit_matched"
)
