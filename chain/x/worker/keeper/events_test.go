package keeper_test

import (
	"testing"

	"github.com/cosmos/gogoproto/proto"
	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/dmcn/dmcn/chain/x/worker/types"
)

// TestEvents follows one worker through everything that can happen to it.
func TestEvents(t *testing.T) {
	f := newFixture(t)
	owner := f.worker(1, 2*lot)
	name := f.get(owner).Owner
	ref := types.BatchRef{JobID: 7, Batch: 2, Epoch: 1}
	amount := math.NewInt(500)
	bond := func(oldBond, newBond, oldLocked, newLocked, cause string, lots uint64) proto.Message {
		return &types.EventBondChanged{
			Owner: name, OldBond: oldBond, NewBond: newBond, OldLocked: oldLocked, NewLocked: newLocked, Cause: cause, Lots: lots,
		}
	}
	load := func(from, to uint32) proto.Message {
		return &types.EventLoadChanged{Owner: name, OldLoad: from, NewLoad: to}
	}
	record := func(e types.EventReputationChanged) proto.Message {
		e.Owner, e.OldReputation = name, 1_000
		if e.Cause != "responded" && e.Cause != "resume" {
			e.JobId, e.Batch, e.Epoch = ref.JobID, ref.Batch, ref.Epoch
		}
		if e.NewReputation == 0 {
			e.NewReputation = 1_000
		}
		return &e
	}
	status := func(from, to types.WorkerStatus, cause string) proto.Message {
		return &types.EventWorkerStatusChanged{Owner: name, OldStatus: from, NewStatus: to, Cause: cause}
	}
	lapse := types.Lapse{Id: 1, Owner: name, Amount: amount, Height: 1, ReleaseHeight: 1_201}
	const active, setAside = types.WORKER_STATUS_ACTIVE, types.WORKER_STATUS_SET_ASIDE

	for _, step := range []struct {
		name string
		do   func() error
		want []proto.Message
	}{
		{
			"bond", func() error { return f.Bond(f.ctx, owner, math.NewInt(lot)) },
			[]proto.Message{bond("2000", "3000", "0", "0", "bond", 3)},
		},
		{
			"withdraw", func() error { return f.Withdraw(f.ctx, owner, math.NewInt(lot)) },
			[]proto.Message{bond("3000", "2000", "0", "0", "withdraw", 2)},
		},
		{"reserve", func() error { return f.Reserve(f.ctx, owner, amount) }, []proto.Message{load(0, 1)}},
		{"release", func() error { return f.Release(f.ctx, owner, amount) }, []proto.Message{load(1, 0)}},
		{"responded without misses", func() error { return f.Responded(f.ctx, owner) }, nil},
		{"reserve again", func() error { return f.Reserve(f.ctx, owner, amount) }, []proto.Message{load(0, 1)}},
		{
			"lock", func() error { return f.Lock(f.ctx, owner, amount) },
			[]proto.Message{bond("2000", "2000", "0", "500", "lease", 2)},
		},
		{"end lease", func() error { return f.EndLease(f.ctx, owner) }, []proto.Message{load(1, 0)}},
		{"lapse", func() error { return f.Lapse(f.ctx, owner, amount, ref) }, []proto.Message{
			record(types.EventReputationChanged{OldAvailability: 5_000, NewAvailability: 4_687, Cause: "lapse"}),
			&types.EventLapse{Lapse: lapse},
		}},
		{"release lapse", func() error {
			f.at(1_201)
			return f.EndBlock(f.ctx)
		}, []proto.Message{bond("2000", "2000", "500", "0", "lapse_release", 2), &types.EventLapseReleased{Lapse: lapse}}},
		{"miss", func() error { return f.MissOffer(f.ctx, owner, ref) }, []proto.Message{
			record(types.EventReputationChanged{OldAvailability: 4_687, NewAvailability: 4_394, Missed: 1, Cause: "missed_offer"}),
		}},
		{"responded", func() error { return f.Responded(f.ctx, owner) }, []proto.Message{
			record(types.EventReputationChanged{OldAvailability: 4_394, NewAvailability: 4_394, Cause: "responded"}),
		}},
		{"not opened", func() error { return f.NotOpened(f.ctx, owner, ref) }, []proto.Message{
			record(types.EventReputationChanged{OldAvailability: 4_394, NewAvailability: 4_119, Cause: "not_opened"}),
		}},
		{"miss twice", func() error {
			require.NoError(t, f.MissOffer(f.ctx, owner, ref))
			return f.MissOffer(f.ctx, owner, ref)
		}, []proto.Message{
			record(types.EventReputationChanged{OldAvailability: 4_119, NewAvailability: 3_861, Missed: 1, Cause: "missed_offer"}),
			record(types.EventReputationChanged{OldAvailability: 3_861, NewAvailability: 3_619, Missed: 2, Cause: "missed_offer"}),
		}},
		{"set aside", func() error { return f.MissOffer(f.ctx, owner, ref) }, []proto.Message{
			status(active, setAside, "missed_offer"),
			bond("2000", "2000", "0", "0", "missed_offer", 0),
			record(types.EventReputationChanged{OldAvailability: 3_619, NewAvailability: 3_392, Missed: 3, Cause: "missed_offer"}),
		}},
		{"resume", func() error { return f.Resume(f.ctx, owner, owner) }, []proto.Message{
			status(setAside, active, "resume"),
			bond("2000", "2000", "0", "0", "resume", 2),
			record(types.EventReputationChanged{OldAvailability: 3_392, NewAvailability: 3_392, Cause: "resume"}),
		}},
		{"final", func() error { return f.Final(f.ctx, owner, ref) }, []proto.Message{
			record(types.EventReputationChanged{
				OldAvailability: 3_392, NewAvailability: 3_805, NewReputation: 1_003, BatchesFinal: 1, Cause: "final",
			}),
		}},
	} {
		f.at(f.ctx.BlockHeight())
		require.NoError(t, step.do(), step.name)
		require.Equal(t, step.want, f.events(), step.name)
	}
}

func TestEventsOfRegistrationAndUpdate(t *testing.T) {
	f := newFixture(t)
	owner := f.worker(1, lot)
	registered := f.get(owner)
	require.Equal(t, []proto.Message{&types.EventWorkerRegistered{Worker: registered, Reputation: 1_000}}, f.events())

	f.at(2)
	terms := newTerms()
	terms.Ask = math.NewInt(9)
	require.NoError(t, f.Update(f.ctx, owner, account(3), terms))
	require.Equal(t, []proto.Message{&types.EventWorkerUpdated{Worker: f.get(owner), Old: registered}}, f.events())
}
