package simulation

import (
	"encoding/json"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"
	slashingtypes "github.com/cosmos/cosmos-sdk/x/slashing/types"

	audittypes "github.com/dmcn/dmcn/chain/x/audit/types"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

// outage is a chain on which everybody is honest and some are away at times.
type outage struct {
	chain
	*people
	plan      plan
	r         *rand.Rand
	sequences map[string]uint64
	// batches are those that are not over, withheld the epochs beside them, audits those that wait for a post.
	batches  map[batchID]tasktypes.Batch
	withheld map[epochID]tasktypes.Batch
	audits   map[auditID]audittypes.Audit
	// since is when a batch came to where it is, ready when its worker or auditor has computed.
	since map[batchID]int64
	ready map[any]int64
	// openers were given the key by the worker.
	openers map[epochID][]*worker
	// away is the height at which a worker comes back.
	away map[*worker]int64
	// bonds are what the workers bonded.
	bonds map[*worker]math.Int
	seen  outageTally
}

type auditID struct {
	epochID
	index uint32
}

func newOutage(t testing.TB, p plan) *outage {
	o := &outage{
		people: newPeople(), plan: p, r: rand.New(rand.NewPCG(p.seed, 2)), chain: chain{TB: t, home: t.TempDir(), time: genesisTime},
		batches: map[batchID]tasktypes.Batch{}, withheld: map[epochID]tasktypes.Batch{}, audits: map[auditID]audittypes.Audit{},
		since: map[batchID]int64{}, ready: map[any]int64{}, openers: map[epochID][]*worker{}, away: map[*worker]int64{},
		bonds: map[*worker]math.Int{},
		seen:  outageTally{causes: map[string]int{}, refused: map[string]int{}, auditsFromBonds: math.ZeroInt()},
	}
	writeSecrets(o, o.home, o.validators)
	template := newApp(o.home)
	var state map[string]json.RawMessage
	require.NoError(o, json.Unmarshal(genesis(o, o.r, template, o.people), &state))
	edit := editor(o, template, state)
	var task tasktypes.GenesisState
	edit(tasktypes.ModuleName, &task, func() { task.Params = p.task })
	var registry workertypes.GenesisState
	edit(workertypes.ModuleName, &registry, func() { registry.Params = p.worker })
	var audit audittypes.GenesisState
	edit(audittypes.ModuleName, &audit, func() { audit.Params = p.audit })
	var slashing slashingtypes.GenesisState
	edit(slashingtypes.ModuleName, &slashing, func() { slashing.Params = slashingtypes.DefaultParams() })
	raw, err := json.Marshal(state)
	require.NoError(o, err)
	o.start(raw, 1, consensusParams())
	o.settle()
	return o
}

// block lets everybody who is there do what there is to do.
func (o *outage) block(pass time.Duration) {
	o.Helper()
	o.time = o.time.Add(pass)
	o.sequences = map[string]uint64{}
	var txs [][]byte
	for _, d := range o.duties() {
		txs = append(txs, o.sign(d.by, d.msgs))
	}
	o.make(txs)
}

// make decides a block, proposed by a validator that is there.
func (o *outage) make(txs [][]byte) {
	o.Helper()
	there := slices.DeleteFunc(slices.Sorted(maps.Keys(o.current)), o.absent)
	proposer := pick(o.r, there)
	proof := o.propose(proposer)
	result := o.decide(proposer, append(proof, txs...), o.absent, nil)
	for _, tx := range result.TxResults {
		if tx.Code != 0 {
			o.seen.refused[tx.Log]++
		}
	}
	o.read(o.events(result))
	if o.height%checkEvery == 0 {
		require.NoError(o, o.app.TaskKeeper.CheckInvariants(o.ctx()))
		require.NoError(o, o.app.WorkerKeeper.CheckInvariants(o.ctx()))
		require.NoError(o, o.app.AuditKeeper.CheckInvariants(o.ctx()))
	}
}

const checkEvery = 500

func (o *outage) sign(by *account, msgs []sdk.Msg) []byte {
	known := o.app.AccountKeeper.GetAccount(o.ctx(), by.addr)
	e := newEnvelope(known.GetAccountNumber(), known.GetSequence()+o.sequences[by.text])
	o.sequences[by.text]++
	return by.sign(o, e, msgs...)
}

func (o *outage) absent(address string) bool {
	for _, v := range o.validators {
		if string(v.consensus.PubKey().Address()) == address {
			return o.height < v.downUntil
		}
	}
	return false
}

// read follows what happened in a block.
func (o *outage) read(list []event) {
	o.Helper()
	for _, e := range list {
		switch typed := e.Message.(type) {
		case *tasktypes.EventBatchStateChanged:
			o.seen.step(typed.NewState, typed.Cause)
			o.follow(typed)
		case *tasktypes.EventWithheldStateChanged:
			o.seen.causes["withheld: "+typed.Cause]++
			id := epochID{batchID{typed.JobId, typed.Batch}, typed.Epoch}
			delete(o.withheld, id)
			if typed.NewState == tasktypes.BATCH_STATE_WITHHELD {
				_, b, err := o.app.TaskKeeper.Epoch(o.ctx(), typed.JobId, typed.Batch, typed.Epoch)
				require.NoError(o, err)
				o.withheld[id] = b
			}
		case *tasktypes.EventBatchOpened:
			if typed.Opener != typed.Worker {
				o.seen.openedByOthers++
			}
		case *audittypes.EventAuditStateChanged:
			a := typed.Audit
			id := auditID{epochID{batchID{a.JobId, a.Batch}, a.Epoch}, a.Index}
			delete(o.audits, id)
			if a.State == audittypes.AUDIT_STATE_DRAWN {
				o.audits[id] = a
				o.ready[id] = o.height + between(o.r, 2, 10)
			}
		case *audittypes.EventAuditEnded:
			delete(o.audits, auditID{epochID{batchID{typed.JobId, typed.Batch}, typed.Epoch}, typed.Index})
		case *workertypes.EventReputationChanged:
			o.seen.causes["worker: "+typed.Cause]++
		case *audittypes.EventAuditPaid:
			if typed.Source == "lock" {
				fee, ok := math.NewIntFromString(typed.Fee)
				require.True(o, ok, typed.Fee)
				o.seen.auditsFromBonds = o.seen.auditsFromBonds.Add(fee)
			}
		case *workertypes.EventSlashHeld:
			o.seen.slashes = append(o.seen.slashes, typed.Slash)
		case *tasktypes.EventItemFailed, *audittypes.EventItemFailed:
			require.Fail(o, "an item failed", "%s", e)
		}
	}
}

// follow keeps the batch of an event as it is now.
func (o *outage) follow(e *tasktypes.EventBatchStateChanged) {
	o.Helper()
	id := batchID{e.JobId, e.Batch}
	o.since[id] = o.height
	if e.NewState == tasktypes.BATCH_STATE_FINAL || e.NewState == tasktypes.BATCH_STATE_ENDED {
		delete(o.batches, id)
		delete(o.since, id)
		return
	}
	_, b, err := o.app.TaskKeeper.Batch(o.ctx(), e.JobId, e.Batch)
	require.NoError(o, err)
	o.batches[id] = b
	if b.State == tasktypes.BATCH_STATE_LEASED {
		o.ready[epochID{id, b.Epoch}] = o.height + between(o.r, 2, 20)
	}
}

// workerOf is the worker of an owner.
func (o *outage) workerOf(owner string) *worker {
	for _, k := range o.workers {
		if k.owner.text == owner {
			return k
		}
	}
	return nil
}

func (o *outage) isThere(k *worker) bool { return k != nil && o.height >= o.away[k] }

// those are the sorted keys of a map.
func those[K comparable, V any](all map[K]V, less func(a, b K) int) []K {
	return slices.SortedFunc(maps.Keys(all), less)
}
