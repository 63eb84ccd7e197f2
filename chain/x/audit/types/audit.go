package types

import (
	"fmt"
	"strings"

	"github.com/dmcn/dmcn/chain/protocol"
)

// Label names the audit in messages to people.
func (a Audit) Label() string {
	return fmt.Sprintf("job %d batch %d epoch %d audit %d", a.JobId, a.Batch, a.Epoch, a.Index)
}

// Assigned tells that an auditor has the audit to do, or is bound to it.
func (a Audit) Assigned() bool { return a.State == AUDIT_STATE_DRAWN || a.Posted() }

// Posted tells that the auditor is bound to its hashes and its deposit is locked.
func (a Audit) Posted() bool { return len(a.Hashes) > 0 }

// Missed tells that an auditor was drawn in the last round and did not post.
func (a Audit) Missed() bool { return a.State == AUDIT_STATE_VACANT && a.Auditor != "" }

// Short is the state's name as people read it, Drawn for AUDIT_STATE_DRAWN.
func (s AuditState) Short() string {
	name := strings.ToLower(strings.TrimPrefix(s.String(), "AUDIT_STATE_"))
	return strings.ToUpper(name[:1]) + name[1:]
}

// checkParts returns an error unless the audit has the parts that its state rests on.
func (a Audit) checkParts() error {
	posted := a.State == AUDIT_STATE_POSTED || a.State == AUDIT_STATE_MATCHED || a.State == AUDIT_STATE_DIFFERED
	switch {
	case a.State < AUDIT_STATE_QUEUED || a.State > AUDIT_STATE_VACANT:
		return fmt.Errorf("unknown state %d", a.State)
	case posted != a.Posted() || posted && len(a.Hashes) != len(a.Units):
		return fmt.Errorf("%s with %d hashes of %d units", a.State.Short(), len(a.Hashes), len(a.Units))
	case (posted || a.State == AUDIT_STATE_DRAWN) && (a.Auditor == "" || len(a.Units) == 0):
		return fmt.Errorf("%s without an auditor or units", a.State.Short())
	case a.Round >= protocol.MaxAuditRounds:
		return fmt.Errorf("round %d, at most %d rounds", a.Round, protocol.MaxAuditRounds)
	case a.Deposit.IsNil() || a.Deposit.IsNegative():
		return fmt.Errorf("deposit %s", a.Deposit)
	}
	return nil
}
