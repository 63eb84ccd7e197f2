package types

import (
	"github.com/cosmos/gogoproto/proto"
)

// Changes returns the events that tell in what a worker differs after a cause: status, bond, load, record and standing.
func Changes(old, next Worker, cause Cause, ref BatchRef) []proto.Message {
	var events []proto.Message
	if old.Status != next.Status || old.JailUntil != next.JailUntil {
		events = append(events, &EventWorkerStatusChanged{
			Owner: next.Owner, OldStatus: old.Status, NewStatus: next.Status, Cause: string(cause),
			JailUntil: next.JailUntil,
		})
	}
	if !old.Bond.Equal(next.Bond) || !old.Locked.Equal(next.Locked) || old.Lots != next.Lots {
		events = append(events, &EventBondChanged{
			Owner:   next.Owner,
			OldBond: old.Bond.String(), NewBond: next.Bond.String(),
			OldLocked: old.Locked.String(), NewLocked: next.Locked.String(),
			Cause: string(cause), Lots: next.Lots,
		})
	}
	if old.Load != next.Load {
		events = append(events, &EventLoadChanged{Owner: next.Owner, OldLoad: old.Load, NewLoad: next.Load})
	}
	if old.Availability != next.Availability || old.BatchesFinal != next.BatchesFinal || old.Missed != next.Missed {
		events = append(events, &EventReputationChanged{
			Owner:           next.Owner,
			OldAvailability: old.Availability, NewAvailability: next.Availability,
			OldReputation: old.Reputation(), NewReputation: next.Reputation(),
			BatchesFinal: next.BatchesFinal, Missed: next.Missed, Cause: string(cause),
			JobId: ref.JobID, Batch: ref.Batch, Epoch: ref.Epoch,
		})
	}
	if old.Standing != next.Standing || old.Frauds != next.Frauds {
		events = append(events, &EventStandingChanged{
			Owner: next.Owner, OldStanding: old.Standing, NewStanding: next.Standing,
			OldFrauds: old.Frauds, NewFrauds: next.Frauds, Cause: string(cause),
			JobId: ref.JobID, Batch: ref.Batch, Epoch: ref.Epoch,
		})
	}
	return events
}
