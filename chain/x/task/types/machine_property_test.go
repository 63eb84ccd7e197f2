package types

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

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
		case BurnBond:
			p.locked -= e.Amount.Int64()
		case ForfeitBond:
			p.locked -= e.Amount.Int64()
		case PayAuditsFromBond:
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

// track is an epoch of a batch beside its model.
type track struct {
	model model
	batch Batch
}

// compare requires that the machine's batch stands where the model does.
func (k *track) compare(t *rapid.T) {
	m, batch := k.model, k.batch
	require.Equal(t, m.state, batch.State.Short())
	require.Equal(t, m.deadline, batch.Deadline)
	require.Equal(t, m.epoch, batch.Epoch)
	require.LessOrEqual(t, m.paid, 1)
	require.Equal(t, m.selected, batch.Selection != nil)
	require.Len(t, batch.Disputes, len(m.disputes))
	if batch.State.Held() {
		require.Equal(t, m.worker, batch.Lease.Worker)
		require.Equal(t, m.locked > 0, batch.Lease.Bonded)
	}
	if !batch.Detached || batch.Live() {
		require.NoError(t, batch.checkParts())
	}
}

// held is what the tracks hold between them.
func held(tracks []*track) purse {
	var sum purse
	for _, k := range tracks {
		sum.reserved += k.model.reserved
		sum.locked += k.model.locked + k.model.withheld
		sum.lapsed += k.model.lapsed
		sum.deposit += k.model.deposit
		sum.paid += k.model.paid
	}
	return sum
}

// TestNextAgainstAModel walks at random over events, most of which are no row where they come, and compares the machine
// with a model that was written from the protocol's table: one batch after the other, with the epochs that were withheld.
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
		tracks := []*track{{m, batch}}
		var money purse
		for range modelSteps {
			if tracks[0].model.deadline == 0 && rapid.IntRange(0, 4).Draw(t, "anew") == 0 {
				m, batch := newModel(height)
				tracks, money = []*track{{m, batch}}, purse{}
			}
			k := tracks[0]
			if len(tracks) > 1 && rapid.IntRange(0, 2).Draw(t, "beside") == 0 {
				k = rapid.SampledFrom(tracks[1:]).Draw(t, "track")
			}
			blocks := rapid.SampledFrom([]int64{0, 0, 0, 1, 1, 3, k.until(height), k.until(height - 1)}).Draw(t, "blocks")
			height += blocks
			live += uint64(rapid.Int64Range(blocks/2, blocks).Draw(t, "live"))
			next := draw(t, &k.model, names, height, live)
			before, stood := k.batch, k.model.state
			after, effects, err := k.batch.Next(next.event(k.model.end))
			require.Equal(t, k.model.allows(next), err == nil, "%s in %s: %v", next.name, stood, err)
			if err != nil {
				require.Equal(t, before, after)
				require.Empty(t, effects)
				continue
			}
			reached[next.name+" in "+stood] = true
			withheld := k.model
			rules[next.name].do(&k.model, next)
			k.batch = after
			money.perform(effects)
			tracks = besides(t, tracks, withheld, effects)
			k.compare(t)
			require.Equal(t, held(tracks), money)
		}
	})
	for name, rule := range rules {
		for _, state := range rule.from {
			require.True(t, reached[name+" in "+state], "%s in %s was never reached", name, state)
		}
	}
}

// besides adds the epoch that goes on beside its batch, and takes away those that are over.
func besides(t *rapid.T, tracks []*track, before model, effects Effects) []*track {
	for _, effect := range effects {
		if e, ok := effect.(Withhold); ok {
			beside := &track{model{
				state: "Withheld", deadline: before.withheldUntil, epoch: before.epoch - 1, worker: before.late,
				locked: before.withheld, selected: true, detached: true,
			}, e.Batch}
			beside.compare(t)
			tracks = append(tracks, beside)
		}
	}
	return slices.DeleteFunc(tracks, func(other *track) bool { return other.model.detached && other.model.state == "Ended" })
}

// until is the number of blocks to just after the deadline, 0 where there is none to wait for.
func (k *track) until(height int64) int64 {
	if k.model.deadline == maxBlocks {
		return 0
	}
	return max(k.model.deadline-height, 0)
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
	next := try{
		name: rapid.SampledFrom(fitting).Draw(t, "event"), at: height, epoch: m.epoch, worker: m.worker, live: live,
		auditors: 2, unit: rapid.Uint32Range(15, 18).Draw(t, "unit"), id: rapid.Uint64Range(1, 3).Draw(t, "id"),
	}
	switch {
	case next.name == "open" && m.state == "Queued":
		next.epoch--
	case next.name == "drawn":
		next.worker = rapid.SampledFrom([]string{holder, other}).Draw(t, "worker")
	}
	if next.name == "open" {
		next.units = rapid.SampledFrom([][]uint32{nil, nil, {15}, {15, 17}}).Draw(t, "disputed")
	}
	if len(m.disputes) > 0 && m.disputes[0].id != 0 && next.name != "challenge" {
		next.id = m.disputes[0].id
	}
	switch rapid.IntRange(0, 11).Draw(t, "twist") {
	case 0:
		next.epoch += rapid.SampledFrom([]uint32{1, 2, 1<<32 - 1}).Draw(t, "epoch")
	case 1:
		next.worker = rapid.SampledFrom([]string{holder, other, ""}).Draw(t, "worker")
	case 2:
		next.id = 9
	}
	return next
}
