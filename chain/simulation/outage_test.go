package simulation

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"

	audittypes "github.com/dmcn/dmcn/chain/x/audit/types"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

// plan is what happens to whom. Lengths of outages are in blocks.
type plan struct {
	seed             uint64
	blocks, jobEvery int64
	// single is how long one worker is away at most, third how long a third of them is at once.
	single, third int64
	// thirds and halts are the heights at which a third goes away, and at which validators are below quorum for a while.
	thirds, halts []int64
	// alone tells that nobody but its worker can open a batch.
	alone  bool
	task   tasktypes.Params
	worker workertypes.Params
	audit  audittypes.Params
	module []byte
}

type outageTally struct {
	singles, thirds, halts, validators int
	openedByOthers                     int
	// auditsFromBonds is what auditors of batches that were not opened were paid out of the bond.
	auditsFromBonds math.Int
	causes, refused map[string]int
	slashes         []workertypes.Slash
}

func (t *outageTally) step(to tasktypes.BatchState, cause string) {
	t.causes["batch: "+cause+" -> "+strings.ToLower(strings.TrimPrefix(to.String(), "BATCH_STATE_"))]++
}

func (t *outageTally) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "outages: %d of single workers, %d of a third of them, %d validators down, %d halts; %d batches opened by others\n",
		t.singles, t.thirds, t.validators, t.halts, t.openedByOthers)
	for _, counts := range []map[string]int{t.causes, t.refused} {
		for _, name := range slices.Sorted(maps.Keys(counts)) {
			fmt.Fprintf(&b, "%6d %.150s\n", counts[name], name)
		}
	}
	fmt.Fprintf(&b, "%s udmc of the bonds paid for audits of batches that were opened too late; %d slashes", t.auditsFromBonds, len(t.slashes))
	return b.String()
}

// day is a public network through 24 hours of blocks of 3 s, with the default parameters.
func day(t require.TestingT) plan {
	params, err := tasktypes.DefaultParams().WithCoins()
	require.NoError(t, err)
	params.RetentionBlocks = 600 // of batches that are over; so that the state stays small
	return plan{
		seed: 1, blocks: 28_800, jobEvery: 60, single: 4_000, third: 3_000,
		thirds: []int64{4_000, 12_000, 19_000}, halts: []int64{2_000, 8_000, 12_500, 16_000, 23_000},
		task: params, worker: workertypes.DefaultParams(), audit: audittypes.DefaultParams(),
	}
}

// hour is the same on a devnet: all windows and outages are about twenty times shorter.
func hour(t require.TestingT) plan {
	params, err := tasktypes.DevnetParams().WithCoins()
	require.NoError(t, err)
	params.CoinHeights, params.RetentionBlocks = maxValidators, 600
	params, err = params.WithCoins()
	require.NoError(t, err)
	registry := workertypes.DevnetParams()
	registry.Lot = workertypes.DefaultParams().Lot
	return plan{
		seed: 2, blocks: 1_000, jobEvery: 20, single: 130, third: 100,
		thirds: []int64{150, 400, 700}, halts: []int64{100, 300, 410, 850},
		task: params, worker: registry, audit: audittypes.DevnetParams(),
	}
}

// TestOutagesLong is the figure for a day: no honest worker is slashed, whatever fails.
func TestOutagesLong(t *testing.T) {
	if os.Getenv("DMCN_TEST_LONG") == "" {
		t.Skip("DMCN_TEST_LONG=1 runs it")
	}
	live(t, day(t)).requireUnharmed()
}

// TestOutages is the same in short.
func TestOutages(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the whole application")
	}
	live(t, hour(t)).requireUnharmed()
}

// TestOutagesThatOutlastTheWait shows that such an hour is not harmless by itself: where nobody else has the key, and a withheld
// batch waits for two blocks only, workers that were away are slashed.
func TestOutagesThatOutlastTheWait(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the whole application")
	}
	p := hour(t)
	p.alone, p.blocks, p.task.WithheldBlocks = true, 450, 2
	o := live(t, p)
	require.NotEmpty(t, o.seen.slashes)
	for _, slash := range o.seen.slashes {
		require.Equal(t, workertypes.SLASH_KIND_WITHHELD, slash.Kind)
	}
}

// live lets a plan happen.
func live(t *testing.T, p plan) *outage {
	o := newOutage(t, p)
	for o.height < p.blocks {
		o.interrupt()
		pass := 3 * time.Second
		if slices.Contains(p.halts, o.height) {
			// no quorum, so no block and no height: only the clock goes on
			pass = time.Duration(between(o.r, 10, 60)) * time.Minute
			o.seen.halts++
		}
		o.block(pass)
	}
	t.Logf("%d blocks, seed %d\n%s", o.height, p.seed, &o.seen)
	return o
}

// interrupt lets workers and validators go away.
func (o *outage) interrupt() {
	for _, k := range o.workers {
		if o.isThere(k) && o.r.Int64N(o.plan.single) == 0 {
			o.away[k] = o.height + between(o.r, 1, o.plan.single)
			o.seen.singles++
		}
	}
	if slices.Contains(o.plan.thirds, o.height) {
		for _, i := range o.r.Perm(len(o.workers))[:(len(o.workers)+2)/3] {
			o.away[o.workers[i]] = o.height + o.plan.third
		}
		o.seen.thirds++
	}
	if v := pick(o.r, o.validators[:firstValidators]); !v.steady && o.height >= v.downUntil && o.r.Int64N(o.plan.third) == 0 {
		v.downUntil = o.height + between(o.r, 1, o.plan.third)
		o.seen.validators++
	}
}

// settle publishes a module and registers everybody.
func (o *outage) settle() {
	author := o.authors[0]
	raw := []byte{0, 'a', 's', 'm', 1, 0, 0, 0}
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	_, err := z.Write(raw)
	require.NoError(o, err)
	require.NoError(o, z.Close())
	o.plan.module = tasktypes.ModuleID(raw)
	o.sequences = map[string]uint64{}
	o.make(nil)
	txs := [][]byte{o.sign(author, []sdk.Msg{&tasktypes.MsgStoreModule{Author: author.text, Code: zipped.Bytes(), Name: "program"}})}
	for _, k := range o.workers {
		bond := math.NewInt(between(o.r, 10, 25) * 1_000_000)
		o.bonds[k] = bond
		txs = append(txs, o.sign(k.owner, []sdk.Msg{&workertypes.MsgRegister{
			Owner: k.owner.text, Operator: k.owner.text, EncryptionKey: o.plan.module, Bond: bond,
			Ask: math.NewInt(between(o.r, 500_000, 1_000_000)), Rate: 20_000_000, Memory: 512 << 20,
		}}))
	}
	for _, v := range o.validators[:firstValidators] {
		txs = append(txs, o.sign(v.account, []sdk.Msg{&audittypes.MsgRegisterReferee{
			Operator: v.text, Account: v.text, EncryptionKey: o.plan.module,
		}}))
	}
	o.make(txs)
	for _, k := range o.workers {
		_, err := o.app.WorkerKeeper.Get(o.ctx(), k.owner.addr)
		require.NoError(o, err, "%v", o.seen.refused)
	}
}

// requireUnharmed is the figure, and that much happened that could have done harm.
func (o *outage) requireUnharmed() {
	o.Helper()
	require.Empty(o, o.seen.slashes, "honest workers were slashed")
	lost := math.ZeroInt()
	for _, k := range o.workers {
		known, err := o.app.WorkerKeeper.Get(o.ctx(), k.owner.addr)
		require.NoError(o, err)
		require.Zero(o, known.Frauds)
		lost = lost.Add(o.bonds[k]).Sub(known.Bond)
	}
	require.Equal(o, o.seen.auditsFromBonds.String(), lost.String(), "the bonds have lost something else than fees of audits")
	require.Greater(o, o.seen.causes["worker: final"], int(o.plan.blocks/o.plan.jobEvery), "hardly a batch was done")
	for _, cause := range []string{"missed_offer", "lapse", "audit_missed"} {
		require.Positive(o, o.seen.causes["worker: "+cause], cause)
	}
	require.Positive(o, o.seen.openedByOthers)
}

func binaryOf(n int64) []byte { return binary.BigEndian.AppendUint64(nil, uint64(n)) }
