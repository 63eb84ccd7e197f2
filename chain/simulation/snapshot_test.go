package simulation

import (
	"github.com/stretchr/testify/require"

	audittypes "github.com/dmcn/dmcn/chain/x/audit/types"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

// snapshot is the state of x/task, x/audit and x/worker after a block, as it would be exported.
type snapshot struct {
	task    *tasktypes.GenesisState
	audit   *audittypes.GenesisState
	worker  *workertypes.GenesisState
	jobs    map[uint64]tasktypes.Job
	open    []tasktypes.Job
	byState map[tasktypes.BatchState][]tasktypes.Batch
	workers map[string]workertypes.Worker
}

func (w *world) look() snapshot {
	task, err := w.app.TaskKeeper.ExportGenesis(w.ctx())
	require.NoError(w, err)
	registry, err := w.app.WorkerKeeper.ExportGenesis(w.ctx())
	require.NoError(w, err)
	audit, err := w.app.AuditKeeper.ExportGenesis(w.ctx())
	require.NoError(w, err)
	s := snapshot{
		task: task, audit: audit, worker: registry, jobs: map[uint64]tasktypes.Job{},
		byState: map[tasktypes.BatchState][]tasktypes.Batch{}, workers: map[string]workertypes.Worker{},
	}
	for _, j := range task.Jobs {
		s.jobs[j.Id] = j
		if !j.Closed() {
			s.open = append(s.open, j)
		}
	}
	for _, b := range task.Batches {
		s.byState[b.State] = append(s.byState[b.State], b)
	}
	for _, k := range registry.Workers {
		s.workers[k.Owner] = k
	}
	return s
}

// batch is a random batch in one of some states, or now and then in any.
func (w *world) batch(states ...tasktypes.BatchState) (tasktypes.Batch, bool) {
	if all := w.state.task.Batches; len(all) > 0 && w.r.IntN(25) == 0 {
		return pick(w.r, all), true
	}
	var fitting []tasktypes.Batch
	for _, s := range states {
		fitting = append(fitting, w.state.byState[s]...)
	}
	if len(fitting) == 0 {
		return tasktypes.Batch{}, false
	}
	return pick(w.r, fitting), true
}

// job is a random open job, or now and then any.
func (w *world) job() (tasktypes.Job, bool) {
	jobs := w.state.open
	if w.r.IntN(20) == 0 {
		jobs = w.state.task.Jobs
	}
	if len(jobs) == 0 {
		return tasktypes.Job{}, false
	}
	return pick(w.r, jobs), true
}

// holder is the worker that a batch was given to, anyone where it was not.
func (w *world) holder(b tasktypes.Batch) *worker {
	if b.Lease != nil {
		for _, k := range w.workers {
			if k.owner.text == b.Lease.Worker {
				return k
			}
		}
	}
	return pick(w.r, w.workers)
}

// operator is who signs for a worker.
func (w *world) operator(k *worker) *account {
	if registered, ok := w.state.workers[k.owner.text]; ok {
		if a := w.byName[registered.Operator]; a != nil {
			return a
		}
	}
	return k.operator
}

// requesterOf is who submitted a batch's job.
func (w *world) requesterOf(jobID uint64) *requester {
	for _, r := range w.requesters {
		if r.text == w.state.jobs[jobID].Requester {
			return r
		}
	}
	return pick(w.r, w.requesters)
}
