package types

// Rule names what keeps a worker from an offer, as queries tell it.
type Rule string

// The rules that keep a worker out of every draw.
const (
	// RulePaused holds for workers that asked not to be drawn.
	RulePaused Rule = "paused"
	// RuleSetAside holds for workers that missed several offers in a row.
	RuleSetAside Rule = "set_aside"
	// RuleJailed holds for workers that were slashed, until their operator resumes them after the jail.
	RuleJailed Rule = "jailed"
	// RuleTombstoned holds for workers that committed a second fraud.
	RuleTombstoned Rule = "tombstoned"
	// RuleLot holds for workers whose bond fills no lot.
	RuleLot Rule = "lot"
	// RuleRate holds for workers slower than min_rate.
	RuleRate Rule = "rate"
	// RuleLoad holds for workers that have max_load batches.
	RuleLoad Rule = "load"
)

// KeptOut returns the rules that keep the worker out of every draw, none when it can be drawn.
func (w Worker) KeptOut(p Params) (rules []Rule) {
	switch w.Status {
	case WORKER_STATUS_PAUSED:
		rules = append(rules, RulePaused)
	case WORKER_STATUS_SET_ASIDE:
		rules = append(rules, RuleSetAside)
	case WORKER_STATUS_JAILED:
		rules = append(rules, RuleJailed)
	case WORKER_STATUS_TOMBSTONED:
		rules = append(rules, RuleTombstoned)
	}
	if w.slotless(p) {
		rules = append(rules, RuleLot)
	}
	if w.Rate < p.MinRate {
		rules = append(rules, RuleRate)
	}
	if w.Load >= p.MaxLoad {
		rules = append(rules, RuleLoad)
	}
	return rules
}

// slotless tells that the worker has no slot, or would have none if it were active.
func (w Worker) slotless(p Params) bool {
	if w.Status == WORKER_STATUS_ACTIVE {
		return w.Lots == 0
	}
	return w.Bond.LT(p.Lot)
}
