package types

import (
	"slices"

	"cosmossdk.io/math"
)

// model is an epoch of a batch as the protocol's table has it: where it stands until when, whose bond is held, and
// nothing else.
type model struct {
	state    string
	deadline int64
	// end is the job's deadline.
	end      int64
	epoch    uint32
	worker   string
	reserved int64
	locked   int64
	// lapsed is what lapses hold of the bond.
	lapsed int64
	// deposit is what a demand holds.
	deposit int64
	// openable tells that the epoch before may still be opened, by its worker's bond.
	openable bool
	late     string
	demanded bool
	left     int64
	target   uint64
	paid     int

	committed        int64 // height
	selected, shown  bool
	auditors, posted uint32
	round            int
	disputes         []modelDispute
	settled          []uint32
	// detached is an epoch beside its batch; withheld is the bond of an epoch that was not opened, until the height.
	detached      bool
	withheld      int64
	withheldUntil int64
}

type modelDispute struct {
	unit              uint32
	id                uint64
	started, extended bool
}

// rule is a row of the table: in which states something may happen, and what it makes of the batch.
type rule struct {
	from []string
	do   func(m *model, t try)
}

const (
	modelBond    = 700
	modelDeposit = 55
	modelFees    = 20
	modelUnits   = 3
	// ceil(3 units * 1000 gas / 300 gas a block)
	modelCompute  = 10
	modelDisputes = 3
	// modelLife is how long a job has, modelSteps how much is tried with one batch after the other.
	modelLife  = 120
	modelSteps = 2_000
)

func modelTerms(end int64) Terms {
	return Terms{
		AcceptBlocks: 10, LeaseBlocks: 30, OpenBlocks: 15, ChallengeBlocks: 12, DemandBlocks: 20, CoinHeights: 4,
		AuditBlocks: 8, DataBlocks: 9, VerdictBlocks: 11, WithheldBlocks: 40, MaxDisputes: modelDisputes,
		GasLimit: 1_000, JobDeadline: end,
	}
}

// newModel is a batch of a job that ends a while after a height.
func newModel(height int64) (model, Batch) {
	end := height + modelLife
	return model{state: "Queued", deadline: end, end: end}, NewBatch(Job{Id: 7, Spec: JobSpec{Deadline: end}}, 5, modelUnits)
}

// queue sends the batch back to wait for the job's end, for its next epoch.
func (m *model) queue() {
	*m = model{state: "Queued", deadline: m.end, end: m.end, epoch: m.epoch + 1, lapsed: m.lapsed, paid: m.paid}
}

func (m *model) move(state string, deadline int64) { m.state, m.deadline = state, deadline }

func (m *model) pay() {
	m.move("Final", 0)
	m.locked, m.paid = 0, m.paid+1
}

// over ends a withheld epoch.
func (m *model) over() {
	m.move("Ended", 0)
	m.locked = 0
}

// afterPost goes on to the opening once nobody is waited for.
func (m *model) afterPost(at int64) {
	if m.posted == m.auditors {
		m.move("Opening", at+15)
	}
}

// next waits for what the first dispute lacks, or goes on with the challenge window.
func (m *model) next(at int64) {
	switch {
	case len(m.disputes) > 0 && m.disputes[0].id == 0:
		m.move("Disputed", at+9)
	case len(m.disputes) > 0:
		m.move("Voting", maxBlocks)
	case m.detached:
		m.over()
	default:
		m.move("Challenge", at+m.left)
	}
}

// rules are the rows of "The life of a batch" by what happens.
var rules = map[string]rule{
	"drawn": {[]string{"Queued"}, func(m *model, t try) {
		m.move("Offered", min(t.at+10, m.end))
		m.reserved, m.openable, m.late, m.selected, m.withheld, m.worker = modelBond, false, "", false, 0, t.worker
	}},
	"job ended": {[]string{"Queued", "Offered"}, func(m *model, _ try) {
		m.move("Ended", 0)
		m.reserved, m.openable, m.worker, m.late, m.selected, m.withheld = 0, false, "", "", false, 0
	}},
	"accept": {[]string{"Offered"}, func(m *model, t try) {
		m.move("Leased", t.at+30+modelCompute)
		m.reserved, m.locked = 0, modelBond
	}},
	"offer runs out": {[]string{"Offered"}, func(m *model, _ try) {
		m.move("Queued", m.end)
		m.reserved, m.worker = 0, ""
	}},
	"commit": {[]string{"Offered", "Leased"}, func(m *model, t try) {
		m.move("Committed", t.at+4)
		m.reserved, m.locked, m.target, m.committed = 0, modelBond, t.live+4, t.at
	}},
	"report": {[]string{"Leased"}, func(m *model, _ try) { m.queue() }},
	"lease runs out": {[]string{"Leased"}, func(m *model, _ try) {
		m.lapsed += modelBond
		m.queue()
	}},
	"coins over": {[]string{"Committed"}, func(m *model, t try) { m.move("Opening", t.at+15) }},
	"coin hits": {[]string{"Committed"}, func(m *model, t try) {
		m.move("AuditWait", t.at+8)
		m.selected, m.auditors = true, t.auditors
	}},
	"auditor posts": {[]string{"AuditWait"}, func(m *model, t try) {
		m.posted++
		m.afterPost(t.at)
	}},
	"auditor missing": {[]string{"AuditWait"}, func(m *model, t try) {
		m.auditors--
		m.afterPost(t.at)
	}},
	"round over": {[]string{"AuditWait"}, func(m *model, t try) {
		if m.round++; m.round < 5 {
			m.move("AuditWait", t.at+8)
			return
		}
		m.auditors = m.posted
		m.afterPost(t.at)
	}},
	"key shown": {[]string{"Committed"}, func(m *model, t try) {
		m.shown, m.committed, m.target = true, t.at, t.live+4
		m.move("Committed", t.at+4)
	}},
	"open": {[]string{"Opening", "Queued", "Withheld"}, func(m *model, t try) {
		if m.state == "Queued" {
			m.epoch, m.openable, m.locked, m.worker, m.late = m.epoch-1, false, modelBond, m.late, ""
			if m.selected {
				m.locked, m.withheld = m.withheld, 0
			}
		}
		for _, unit := range t.units {
			m.disputes = append(m.disputes, modelDispute{unit: unit})
		}
		m.left = 12
		m.next(t.at)
	}},
	"opening runs out": {[]string{"Opening"}, func(m *model, t try) {
		worker, selected, held := m.worker, m.selected, m.locked-modelFees
		m.queue()
		m.openable, m.late, m.selected = true, worker, selected
		if selected {
			m.withheld, m.withheldUntil = held, t.at+40
		}
	}},
	"withheld over": {[]string{"Withheld"}, func(m *model, _ try) { m.over() }},
	"challenge": {[]string{"Challenge", "Disputed", "Voting"}, func(m *model, t try) {
		m.disputes = append(m.disputes, modelDispute{unit: t.unit, id: t.id})
		if m.state == "Challenge" {
			m.left = m.deadline - t.at
			m.next(t.at)
		}
	}},
	"input posted": {[]string{"Disputed"}, func(m *model, t try) {
		m.disputes[0].id = t.id
		m.next(t.at)
	}},
	"no input": {[]string{"Disputed"}, func(m *model, t try) {
		m.disputes = m.disputes[1:]
		m.next(t.at)
	}},
	"voting starts": {[]string{"Voting"}, func(m *model, t try) {
		m.disputes[0].started = true
		m.move("Voting", t.at+11)
	}},
	"voting extended": {[]string{"Voting"}, func(m *model, t try) {
		m.disputes[0].extended = true
		m.move("Voting", t.at+11)
	}},
	"for the worker": {[]string{"Voting"}, func(m *model, t try) {
		m.settled = append(m.settled, m.disputes[0].unit)
		m.disputes = m.disputes[1:]
		m.next(t.at)
	}},
	"no verdict": {[]string{"Voting"}, func(m *model, t try) {
		m.disputes = m.disputes[1:]
		m.next(t.at)
	}},
	"against the worker": {[]string{"Voting"}, func(m *model, t try) { m.move("Fraud", t.at) }},
	"forfeited": {[]string{"Fraud"}, func(m *model, _ try) {
		if m.detached {
			m.over()
			return
		}
		m.queue()
	}},
	"demand": {[]string{"Challenge"}, func(m *model, t try) {
		m.left, m.demanded, m.deposit = m.deadline-t.at, true, modelDeposit
		m.move("Demanded", t.at+20)
	}},
	"post": {[]string{"Demanded"}, func(m *model, t try) {
		m.move("Challenge", t.at+m.left)
		m.deposit = 0
	}},
	"demand extended": {[]string{"Demanded"}, func(m *model, t try) { m.move("Demanded", t.at+20) }},
	"demand runs out": {[]string{"Demanded"}, func(m *model, _ try) { m.queue() }},
	"accept batch":    {[]string{"Challenge"}, func(m *model, _ try) { m.pay() }},
	"window over":     {[]string{"Challenge"}, func(m *model, _ try) { m.pay() }},
}

// try is something that happens, right or wrong.
type try struct {
	name     string
	at       int64
	epoch    uint32
	worker   string
	live     uint64
	auditors uint32
	// units are those that an opening disputes, unit is the one that is challenged.
	units []uint32
	unit  uint32
	// id is of a dispute.
	id uint64
}

// allows tells whether the table has a row for it now, from the right account, about the right epoch, in time.
func (m *model) allows(t try) bool {
	if !slices.Contains(rules[t.name].from, m.state) {
		return false
	}
	switch t.name {
	case "accept", "commit", "report":
		return t.epoch == m.epoch && t.worker == m.worker && t.at <= m.deadline
	case "open":
		late := m.state == "Queued" && m.openable && t.epoch+1 == m.epoch
		return t.at <= m.deadline && (late || m.state != "Queued" && t.epoch == m.epoch)
	case "demand", "post", "accept batch":
		once := t.name != "demand" || !m.demanded
		return t.epoch == m.epoch && t.at <= m.deadline && once
	case "offer runs out", "lease runs out", "opening runs out", "demand runs out", "demand extended", "window over",
		"round over", "no input", "withheld over":
		return t.at >= m.deadline
	case "coins over":
		return t.live >= m.target
	case "coin hits":
		return t.at > m.committed
	case "auditor posts", "input posted":
		return t.epoch == m.epoch && t.at <= m.deadline
	case "key shown":
		return t.epoch == m.epoch && !m.shown
	case "challenge":
		return t.epoch == m.epoch && m.mayChallenge(t)
	case "voting starts", "voting extended", "for the worker", "against the worker", "no verdict":
		return m.mayVote(t)
	}
	return true
}

func (m *model) mayChallenge(t try) bool {
	disputed := slices.ContainsFunc(m.disputes, func(d modelDispute) bool { return d.unit == t.unit })
	if m.detached || disputed || slices.Contains(m.settled, t.unit) || len(m.disputes) >= modelDisputes {
		return false
	}
	return m.state != "Challenge" || t.at <= m.deadline
}

func (m *model) mayVote(t try) bool {
	head := m.disputes[0]
	if head.id != t.id {
		return false
	}
	switch t.name {
	case "voting starts":
		return !head.started
	case "voting extended":
		return !head.extended && t.at >= m.deadline
	case "no verdict":
		return head.extended && t.at >= m.deadline
	}
	return true
}

// event is how the machine is told.
func (t try) event(end int64) Event {
	at := At{Height: t.at, Terms: modelTerms(end)}
	lease := Lease{Worker: t.worker, Ask: math.NewInt(9), Rate: 300, Bond: math.NewInt(modelBond), DrawnHeight: t.at}
	switch t.name {
	case "drawn":
		return Drawn{at, lease}
	case "job ended":
		return JobEnded{}
	case "accept":
		return OfferAccepted{at, t.worker, t.epoch}
	case "offer runs out":
		return OfferTimedOut{at}
	case "commit":
		return Committed{At: at, Worker: t.worker, Epoch: t.epoch, Commitment: []byte{1}, OutputsHash: []byte{2}, LiveCount: t.live}
	case "report":
		return InputReported{at, t.worker, t.epoch}
	case "lease runs out":
		return LeaseTimedOut{at}
	case "coins over":
		return CoinMissed{at, t.live}
	case "coin hits":
		return CoinHit{at, t.at, t.auditors}
	case "auditor posts":
		return AuditPosted{at, t.epoch}
	case "auditor missing":
		return AuditorsMissing{at, 1}
	case "round over":
		return AuditRoundEnded{at}
	case "key shown":
		return KeyShown{at, t.epoch, t.live, 9}
	case "open":
		open := Opened{At: at, Epoch: t.epoch, Root: []byte{3}, GasTotal: 2_500, Opener: other}
		for _, unit := range t.units {
			open.Disputed = append(open.Disputed, Leaf{Unit: unit})
		}
		return open
	case "opening runs out":
		return OpeningTimedOut{at, math.NewInt(modelFees)}
	case "withheld over":
		return WithheldTimedOut{at}
	case "challenge":
		return Challenged{at, t.epoch, Leaf{Unit: t.unit}, t.id}
	case "input posted":
		return InputPosted{at, t.epoch, t.id}
	case "no input":
		return DataTimedOut{at}
	case "voting starts":
		return VotingStarted{at, t.id}
	case "voting extended":
		return VotingExtended{at, t.id}
	case "for the worker":
		return DecidedForWorker{at, t.id}
	case "against the worker":
		return DecidedAgainstWorker{at, t.id}
	case "no verdict":
		return VotingTimedOut{at, t.id}
	case "forfeited":
		return FraudForfeited{at}
	case "demand":
		return OutputDemanded{at, t.epoch, 1, math.NewInt(modelDeposit)}
	case "post":
		return OutputPosted{at, t.epoch, other}
	case "demand runs out":
		return DemandTimedOut{at}
	case "demand extended":
		return DemandExtended{at}
	case "accept batch":
		return BatchAccepted{at, t.epoch}
	default:
		return ChallengeTimedOut{at}
	}
}
