package types

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"cosmossdk.io/math"
)

// model is a batch as the protocol's table has it: where it stands until when, whose bond is held, and nothing else.
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
}

// rule is a row of the table: in which states something may happen, and what it makes of the batch.
type rule struct {
	from []string
	do   func(m *model, at int64, live uint64)
}

const (
	modelBond    = 700
	modelDeposit = 55
	modelUnits   = 3
	// ceil(3 units * 1000 gas / 300 gas a block)
	modelCompute = 10
	// modelLife is how long a job has, modelSteps how much is tried with one batch after the other.
	modelLife  = 120
	modelSteps = 400
)

func modelTerms(end int64) Terms {
	return Terms{
		AcceptBlocks: 10, LeaseBlocks: 30, OpenBlocks: 15, ChallengeBlocks: 12, DemandBlocks: 20, CoinHeights: 4,
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

// rules are the rows of "The life of a batch" that are built, by what happens.
var rules = map[string]rule{
	"drawn": {[]string{"Queued"}, func(m *model, at int64, _ uint64) {
		m.move("Offered", min(at+10, m.end))
		m.reserved, m.openable, m.late = modelBond, false, ""
	}},
	"job ended": {[]string{"Queued", "Offered"}, func(m *model, _ int64, _ uint64) {
		m.move("Ended", 0)
		m.reserved, m.openable, m.worker, m.late = 0, false, "", ""
	}},
	"accept": {[]string{"Offered"}, func(m *model, at int64, _ uint64) {
		m.move("Leased", at+30+modelCompute)
		m.reserved, m.locked = 0, modelBond
	}},
	"offer runs out": {[]string{"Offered"}, func(m *model, _ int64, _ uint64) {
		m.move("Queued", m.end)
		m.reserved, m.worker = 0, ""
	}},
	"commit": {[]string{"Offered", "Leased"}, func(m *model, at int64, live uint64) {
		m.move("Committed", at+4)
		m.reserved, m.locked, m.target = 0, modelBond, live+4
	}},
	"report": {[]string{"Leased"}, func(m *model, _ int64, _ uint64) { m.queue() }},
	"lease runs out": {[]string{"Leased"}, func(m *model, _ int64, _ uint64) {
		m.lapsed += modelBond
		m.queue()
	}},
	"coins over": {[]string{"Committed"}, func(m *model, at int64, _ uint64) { m.move("Opening", at+15) }},
	"open": {[]string{"Opening", "Queued"}, func(m *model, at int64, _ uint64) {
		if m.state == "Queued" {
			m.epoch, m.openable, m.locked, m.worker, m.late = m.epoch-1, false, modelBond, m.late, ""
		}
		m.move("Challenge", at+12)
	}},
	"opening runs out": {[]string{"Opening"}, func(m *model, _ int64, _ uint64) {
		worker := m.worker
		m.queue()
		m.openable, m.late = true, worker
	}},
	"demand": {[]string{"Challenge"}, func(m *model, at int64, _ uint64) {
		m.left, m.demanded, m.deposit = m.deadline-at, true, modelDeposit
		m.move("Demanded", at+20)
	}},
	"post": {[]string{"Demanded"}, func(m *model, at int64, _ uint64) {
		m.move("Challenge", at+m.left)
		m.deposit = 0
	}},
	"demand extended": {[]string{"Demanded"}, func(m *model, at int64, _ uint64) { m.move("Demanded", at+20) }},
	"demand runs out": {[]string{"Demanded"}, func(m *model, _ int64, _ uint64) { m.queue() }},
	"accept batch":    {[]string{"Challenge"}, func(m *model, _ int64, _ uint64) { m.pay() }},
	"window over":     {[]string{"Challenge"}, func(m *model, _ int64, _ uint64) { m.pay() }},
}

// try is something that happens, right or wrong.
type try struct {
	name   string
	at     int64
	epoch  uint32
	worker string
	live   uint64
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
		return t.at <= m.deadline && (late || m.state == "Opening" && t.epoch == m.epoch)
	case "demand", "post", "accept batch":
		once := t.name != "demand" || !m.demanded
		return t.epoch == m.epoch && t.at <= m.deadline && once
	case "offer runs out", "lease runs out", "opening runs out", "demand runs out", "demand extended", "window over":
		return t.at >= m.deadline
	case "coins over":
		return t.live >= m.target
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
	case "open":
		return Opened{At: at, Epoch: t.epoch, Root: []byte{3}, GasTotal: 2_500, Opener: other}
	case "opening runs out":
		return OpeningTimedOut{at}
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

// purse adds up what effects do to bonds and deposits, for all workers together.
type purse struct {
	reserved, locked, lapsed, deposit int64
	paid                              int
}

func (p *purse) perform(effects Effects) {
	for _, effect := range effects {
		switch e := effect.(type) {
		case ReserveBond:
			p.reserved += e.Amount.Int64()
		case ReleaseBond:
			p.reserved -= e.Amount.Int64()
		case LockBond:
			p.reserved -= e.Amount.Int64()
			p.locked += e.Amount.Int64()
		case RelockBond:
			p.locked += e.Amount.Int64()
		case UnlockBond:
			p.locked -= e.Amount.Int64()
		case RecordLapse:
			p.locked -= e.Amount.Int64()
			p.lapsed += e.Amount.Int64()
		case TakeDeposit:
			p.deposit += e.Amount.Int64()
		case PayDeposit:
			p.deposit -= e.Amount.Int64()
		case ReturnDeposit:
			p.deposit -= e.Amount.Int64()
		case PayWork:
			p.paid++
		}
	}
}

// compare requires that the machine's batch stands where the model does.
func (m *model) compare(t *rapid.T, batch Batch, money purse) {
	require.Equal(t, m.state, batch.State.Short())
	require.Equal(t, m.deadline, batch.Deadline)
	require.Equal(t, m.epoch, batch.Epoch)
	require.Equal(t, purse{m.reserved, m.locked, m.lapsed, m.deposit, m.paid}, money)
	require.LessOrEqual(t, m.paid, 1)
	if batch.State.Held() {
		require.Equal(t, m.worker, batch.Holder())
		require.Equal(t, m.locked > 0, batch.Lease.Bonded)
	}
	require.NoError(t, batch.checkParts())
}

// TestNextAgainstAModel walks at random over events, most of which are no row where they come, and compares the machine
// with a model that was written from the protocol's table.
func TestNextAgainstAModel(t *testing.T) {
	names := make([]string, 0, len(rules))
	for name := range rules {
		names = append(names, name)
	}
	slices.Sort(names)
	reached := map[string]bool{}
	rapid.Check(t, func(t *rapid.T) {
		height, live := int64(1), uint64(0)
		m, batch := newModel(height)
		var money purse
		for range modelSteps {
			if m.deadline == 0 && rapid.IntRange(0, 4).Draw(t, "anew") == 0 {
				m, batch = newModel(height)
				money = purse{}
			}
			blocks := rapid.SampledFrom([]int64{0, 0, 0, 1, 1, 3, max(m.deadline-height, 0), max(m.deadline+1-height, 0)}).Draw(t, "blocks")
			height += blocks
			live += uint64(rapid.Int64Range(blocks/2, blocks).Draw(t, "live"))
			next := draw(t, &m, names, height, live)
			before, held := batch, m.state
			after, effects, err := batch.Next(next.event(m.end))
			require.Equal(t, m.allows(next), err == nil, "%s in %s: %v", next.name, held, err)
			if err != nil {
				require.Equal(t, before, after)
				require.Empty(t, effects)
				continue
			}
			reached[next.name+" in "+held] = true
			if next.name == "drawn" {
				m.worker = next.worker
			}
			rules[next.name].do(&m, next.at, next.live)
			batch = after
			money.perform(effects)
			m.compare(t, batch, money)
		}
	})
	for name, rule := range rules {
		for _, state := range rule.from {
			require.True(t, reached[name+" in "+state], "%s in %s was never reached", name, state)
		}
	}
}

// draw chooses what happens next: more often than not something that the table has for the state.
func draw(t *rapid.T, m *model, names []string, height int64, live uint64) try {
	fitting := names
	if rapid.IntRange(0, 3).Draw(t, "fit") > 0 {
		fitting = nil
		for _, name := range names {
			if slices.Contains(rules[name].from, m.state) {
				fitting = append(fitting, name)
			}
		}
		if len(fitting) == 0 {
			fitting = names
		}
	}
	next := try{name: rapid.SampledFrom(fitting).Draw(t, "event"), at: height, epoch: m.epoch, worker: m.worker, live: live}
	if next.name == "open" && m.state == "Queued" {
		next.epoch--
	}
	if next.name == "drawn" {
		next.worker = rapid.SampledFrom([]string{holder, other}).Draw(t, "worker")
	}
	switch rapid.IntRange(0, 9).Draw(t, "twist") {
	case 0:
		next.epoch += rapid.SampledFrom([]uint32{1, 2, 1<<32 - 1}).Draw(t, "epoch")
	case 1:
		next.worker = rapid.SampledFrom([]string{holder, other, ""}).Draw(t, "worker")
	}
	return next
}
