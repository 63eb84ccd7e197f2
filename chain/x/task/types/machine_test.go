package types

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"
)

const (
	holder = "dmcn1holder"
	other  = "dmcn1other"

	now         = int64(1_000)
	jobDeadline = int64(5_000)
	live        = uint64(900)
)

var (
	testTerms = Terms{
		AcceptBlocks: 10, LeaseBlocks: 120, OpenBlocks: 60, ChallengeBlocks: 12, DemandBlocks: 130, CoinHeights: 4,
		AuditBlocks: 31, DataBlocks: 121, VerdictBlocks: 301, WithheldBlocks: 201, MaxDisputes: 4,
		GasLimit: 1_000, JobDeadline: jobDeadline, EarnsStanding: true,
	}
	at      = At{Height: now, Terms: testTerms}
	bond    = math.NewInt(777)
	deposit = math.NewInt(55)
	fees    = math.NewInt(44)
	wrong   = Leaf{Unit: 15, Gas: 900, OutputHash: []byte{4}}

	allStates = []BatchState{
		BATCH_STATE_QUEUED, BATCH_STATE_OFFERED, BATCH_STATE_LEASED, BATCH_STATE_COMMITTED, BATCH_STATE_OPENING,
		BATCH_STATE_CHALLENGE, BATCH_STATE_DEMANDED, BATCH_STATE_FINAL, BATCH_STATE_ENDED, BATCH_STATE_AUDIT_WAIT,
		BATCH_STATE_DISPUTED, BATCH_STATE_VOTING, BATCH_STATE_FRAUD, BATCH_STATE_WITHHELD,
	}
)

func testLease(bonded bool) *Lease {
	return &Lease{Worker: holder, Ask: math.NewInt(9), Rate: 300, Bond: bond, Bonded: bonded, DrawnHeight: now - 20}
}

// inState is a batch of 3 units in epoch 2 whose deadline is the current height, as it stands in a state.
func inState(state BatchState) Batch {
	b := Batch{JobId: 7, Index: 5, Units: 3, Epoch: 2, State: state, Deadline: now}
	commitment := &Commitment{Commitment: []byte{1}, OutputsHash: []byte{2}, Height: now - 10, LiveTarget: live}
	opening := &Opening{Root: []byte{3}, GasTotal: 2_500, Opener: other, Height: now - 5}
	switch state {
	case BATCH_STATE_QUEUED:
		b.Deadline = jobDeadline
	case BATCH_STATE_OFFERED:
		b.Lease = testLease(false)
	case BATCH_STATE_LEASED:
		b.Lease = testLease(true)
	case BATCH_STATE_COMMITTED, BATCH_STATE_OPENING:
		b.Lease, b.Commitment = testLease(true), commitment
	case BATCH_STATE_CHALLENGE:
		b.Lease, b.Commitment, b.Opening = testLease(true), commitment, opening
	case BATCH_STATE_DEMANDED:
		b.Lease, b.Commitment, b.Opening, b.Demanded = testLease(true), commitment, opening, true
		b.Demand = &Demand{Unit: 16, Deposit: deposit, Remaining: 4}
	case BATCH_STATE_FINAL:
		b.Lease, b.Commitment, b.Opening, b.Deadline = testLease(false), commitment, opening, 0
	case BATCH_STATE_ENDED:
		b.Deadline = 0
	case BATCH_STATE_AUDIT_WAIT:
		b.Lease, b.Commitment, b.Selection = testLease(true), commitment, testSelection(2, 0)
	case BATCH_STATE_DISPUTED, BATCH_STATE_VOTING, BATCH_STATE_FRAUD:
		b.Lease, b.Commitment, b.Opening, b.Remaining = testLease(true), commitment, opening, 9
		b.Disputes = []DisputedUnit{{Leaf: wrong, DisputeId: 6}}
		if state == BATCH_STATE_DISPUTED {
			b.Disputes[0].DisputeId = 0
		}
	case BATCH_STATE_WITHHELD:
		b.Lease, b.Commitment, b.Selection, b.Detached = testLease(true), commitment, testSelection(2, 2), true
		b.Selection.Settled = true
	}
	return b
}

func testSelection(auditors, posted uint32) *Selection {
	return &Selection{Height: now - 3, Auditors: auditors, Posted: posted, Earmarked: math.ZeroInt()}
}

// with is inState with something changed.
func with(state BatchState, change func(*Batch)) Batch {
	b := inState(state)
	change(&b)
	return b
}

// late is a queued batch whose epoch 1 was committed and not opened in time.
func late() Batch {
	b := inState(BATCH_STATE_QUEUED)
	b.LateOpen = 2
	b.Lease = testLease(false)
	b.Commitment = inState(BATCH_STATE_OPENING).Commitment
	return b
}

func allEvents() []Event {
	return []Event{
		Drawn{At: at, Lease: *testLease(false)},
		JobEnded{},
		OfferAccepted{At: at, Worker: holder, Epoch: 2},
		OfferTimedOut{At: at},
		Committed{At: at, Worker: holder, Epoch: 2, Commitment: []byte{1}, OutputsHash: []byte{2}, LiveCount: live},
		InputReported{At: at, Worker: holder, Epoch: 2},
		LeaseTimedOut{At: at},
		CoinMissed{At: at, LiveCount: live},
		Opened{At: at, Epoch: 2, Root: []byte{3}, GasTotal: 2_500, Opener: other},
		OpeningTimedOut{At: at},
		OutputDemanded{At: at, Epoch: 2, Unit: 16, Deposit: deposit},
		OutputPosted{At: at, Epoch: 2, Poster: other},
		DemandTimedOut{At: at},
		DemandExtended{At: at},
		BatchAccepted{At: at, Epoch: 2},
		ChallengeTimedOut{At: at},
		CoinHit{At: at, SeedHeight: now - 1, Auditors: 2},
		AuditPosted{At: at, Epoch: 2},
		AuditorsMissing{At: at, Missing: 1},
		AuditRoundEnded{At: at},
		KeyShown{At: at, Epoch: 2, LiveCount: live, CoinThreshold: 9},
		WithheldTimedOut{At: at},
		Challenged{At: at, Epoch: 2, Leaf: Leaf{Unit: 16}, DisputeID: 8},
		InputPosted{At: at, Epoch: 2, DisputeID: 6},
		DataTimedOut{At: at},
		VotingStarted{At: at, DisputeID: 6},
		VotingExtended{At: at, DisputeID: 6},
		DecidedForWorker{At: at, DisputeID: 6},
		DecidedAgainstWorker{At: at, DisputeID: 6},
		VotingTimedOut{At: at, DisputeID: 6},
		FraudForfeited{At: at},
	}
}

// row is one row of the protocol's table "The life of a batch".
type row struct {
	from     BatchState
	on       Event
	to       BatchState
	epoch    uint32
	deadline int64
	effects  Effects
	// prepare changes the batch where the row needs more than the state.
	prepare func(*Batch)
}

func (r row) before() Batch {
	if r.prepare == nil {
		return inState(r.from)
	}
	return with(r.from, r.prepare)
}

func rows() []row {
	reserve, release := ReserveBond{holder, bond}, ReleaseBond{holder, bond}
	lock, unlock := LockBond{holder, bond}, UnlockBond{holder, bond}
	final := Effects{PayWork{holder, 2_500, math.NewInt(9)}, unlock, RecordFinal{holder}}
	extended := func(b *Batch) { b.Disputes[0].Started, b.Disputes[0].Extended = true, true }
	ended := func(b Batch, outcome Outcome) EndDispute { return EndDispute{b.Disputes[0], outcome} }
	voted, disputed := inState(BATCH_STATE_VOTING), inState(BATCH_STATE_DISPUTED)
	event := map[string]Event{}
	for _, e := range allEvents() {
		event[e.Name()] = e
	}
	return []row{
		{BATCH_STATE_QUEUED, event["drawn"], BATCH_STATE_OFFERED, 2, now + 10, Effects{reserve}, nil},
		{BATCH_STATE_QUEUED, event["job_ended"], BATCH_STATE_ENDED, 2, 0, nil, nil},
		{BATCH_STATE_OFFERED, event["job_ended"], BATCH_STATE_ENDED, 2, 0, Effects{release}, nil},
		// ceil(3*1000/300) = 10 blocks of computing on top of the window
		{BATCH_STATE_OFFERED, event["offer_accepted"], BATCH_STATE_LEASED, 2, now + 120 + 10, Effects{lock, RecordResponse{holder}}, nil},
		{
			BATCH_STATE_OFFERED, event["committed"], BATCH_STATE_COMMITTED, 2, now + 4,
			Effects{lock, RecordResponse{holder}, EndLease{holder}},
			nil,
		},
		{BATCH_STATE_OFFERED, event["offer_timed_out"], BATCH_STATE_QUEUED, 2, jobDeadline, Effects{release, RecordMiss{holder}}, nil},
		{BATCH_STATE_LEASED, event["committed"], BATCH_STATE_COMMITTED, 2, now + 4, Effects{EndLease{holder}}, nil},
		{
			BATCH_STATE_LEASED, event["input_reported"], BATCH_STATE_QUEUED, 3, jobDeadline,
			Effects{EndLease{holder}, unlock, BarWorker{holder, false}},
			nil,
		},
		{
			BATCH_STATE_LEASED, event["lease_timed_out"], BATCH_STATE_QUEUED, 3, jobDeadline,
			Effects{EndLease{holder}, RecordLapse{holder, bond}, BarWorker{holder, true}},
			nil,
		},
		{BATCH_STATE_COMMITTED, event["coin_missed"], BATCH_STATE_OPENING, 2, now + 60, nil, nil},
		{BATCH_STATE_OPENING, event["opened"], BATCH_STATE_CHALLENGE, 2, now + 12, nil, nil},
		{
			BATCH_STATE_OPENING, event["opening_timed_out"], BATCH_STATE_QUEUED, 3, jobDeadline,
			Effects{unlock, RecordNotOpened{holder}},
			nil,
		},
		{BATCH_STATE_CHALLENGE, event["output_demanded"], BATCH_STATE_DEMANDED, 2, now + 130, Effects{TakeDeposit{deposit}}, nil},
		{BATCH_STATE_DEMANDED, event["output_posted"], BATCH_STATE_CHALLENGE, 2, now + 4, Effects{PayDeposit{other, deposit}}, nil},
		{BATCH_STATE_DEMANDED, event["demand_extended"], BATCH_STATE_DEMANDED, 2, now + 130, nil, nil},
		{BATCH_STATE_DEMANDED, event["demand_timed_out"], BATCH_STATE_QUEUED, 3, jobDeadline, Effects{ReturnDeposit{deposit}, unlock}, nil},
		{BATCH_STATE_CHALLENGE, event["batch_accepted"], BATCH_STATE_FINAL, 2, 0, final, nil},
		{BATCH_STATE_CHALLENGE, event["challenge_timed_out"], BATCH_STATE_FINAL, 2, 0, final, nil},
		{
			BATCH_STATE_COMMITTED, event["coin_hit"], BATCH_STATE_AUDIT_WAIT, 2, now + 31,
			Effects{Earmark{2}, DrawAuditors{2, now - 1}},
			nil,
		},
		{BATCH_STATE_AUDIT_WAIT, event["audit_posted"], BATCH_STATE_AUDIT_WAIT, 2, now, nil, nil},
		{BATCH_STATE_AUDIT_WAIT, event["auditors_missing"], BATCH_STATE_AUDIT_WAIT, 2, now, nil, nil},
		{BATCH_STATE_AUDIT_WAIT, event["audit_round_ended"], BATCH_STATE_AUDIT_WAIT, 2, now + 31, Effects{EndAuditRound{}}, nil},
		{BATCH_STATE_COMMITTED, event["key_shown"], BATCH_STATE_COMMITTED, 2, now + 4, nil, nil},
		{BATCH_STATE_WITHHELD, event["opened"], BATCH_STATE_ENDED, 2, 0, Effects{unlock, EndAudits{}}, nil},
		{
			BATCH_STATE_WITHHELD, event["withheld_timed_out"], BATCH_STATE_ENDED, 2, 0,
			Effects{BurnBond{holder, bond}, EndAudits{}},
			nil,
		},
		{BATCH_STATE_CHALLENGE, event["challenged"], BATCH_STATE_VOTING, 2, maxBlocks, Effects{QueueDispute{8}}, nil},
		{BATCH_STATE_DISPUTED, event["challenged"], BATCH_STATE_DISPUTED, 2, now, nil, nil},
		{BATCH_STATE_VOTING, event["challenged"], BATCH_STATE_VOTING, 2, now, nil, nil},
		{BATCH_STATE_DISPUTED, event["input_posted"], BATCH_STATE_VOTING, 2, maxBlocks, Effects{QueueDispute{6}}, nil},
		{BATCH_STATE_DISPUTED, event["data_timed_out"], BATCH_STATE_CHALLENGE, 2, now + 9, Effects{ended(disputed, OutcomeNoInput)}, nil},
		{BATCH_STATE_VOTING, event["voting_started"], BATCH_STATE_VOTING, 2, now + 301, nil, nil},
		{BATCH_STATE_VOTING, event["voting_extended"], BATCH_STATE_VOTING, 2, now + 301, nil, nil},
		{BATCH_STATE_VOTING, event["decided_for_worker"], BATCH_STATE_CHALLENGE, 2, now + 9, Effects{ended(voted, OutcomeForWorker)}, nil},
		{BATCH_STATE_VOTING, event["decided_against_worker"], BATCH_STATE_FRAUD, 2, now, nil, nil},
		{
			BATCH_STATE_VOTING, event["voting_timed_out"], BATCH_STATE_CHALLENGE, 2, now + 9,
			Effects{EndDispute{DisputedUnit{Leaf: wrong, DisputeId: 6, Started: true, Extended: true}, OutcomeNoVerdict}},
			extended,
		},
		{
			BATCH_STATE_FRAUD, event["fraud_forfeited"], BATCH_STATE_QUEUED, 3, jobDeadline,
			Effects{ForfeitBond{holder, bond, voted.Disputes[0]}, ended(voted, OutcomeAgainstWorker)},
			nil,
		},
	}
}

func TestNextRows(t *testing.T) {
	for _, r := range rows() {
		t.Run(r.from.Short()+"/"+r.on.Name(), func(t *testing.T) {
			before, same := r.before(), r.before()
			next, effects, err := before.Next(r.on)
			require.NoError(t, err)
			require.Equal(t, r.to, next.State)
			require.Equal(t, r.epoch, next.Epoch)
			require.Equal(t, r.deadline, next.Deadline)
			require.Equal(t, r.effects, effects)
			require.Equal(t, same, before, "the batch that the event came to has changed")
			if next.Detached && !next.Live() {
				return // it leaves the state
			}
			require.NoError(t, next.checkParts())
			if next.Lease != nil {
				require.Equal(t, next.State.Held() && next.State != BATCH_STATE_OFFERED, next.Lease.Bonded)
			}
		})
	}
}

func TestNextRefusesWhatIsNoRow(t *testing.T) {
	isRow := map[string]bool{}
	key := func(s BatchState, e Event) string { return s.Short() + "/" + e.Name() }
	for _, r := range rows() {
		isRow[key(r.from, r.on)] = true
	}
	require.Len(t, isRow, 36)
	unheld := func(s BatchState) bool { return !s.Held() }
	for _, state := range allStates {
		for _, event := range allEvents() {
			if isRow[key(state, event)] {
				continue
			}
			want := ErrTransition
			switch event.(type) {
			case OfferAccepted, InputReported:
				if unheld(state) {
					want = ErrNoLease
				}
			case Committed:
				if want = ErrAlreadyCommitted; unheld(state) {
					want = ErrNoLease
				}
			}
			t.Run(key(state, event), func(t *testing.T) {
				before := inState(state)
				next, effects, err := before.Next(event)
				require.ErrorIs(t, err, want)
				require.Equal(t, before, next)
				require.Empty(t, effects)
			})
		}
	}
}

func TestNextLateOpening(t *testing.T) {
	open := Opened{At: at, Epoch: 1, Root: []byte{3}, GasTotal: 2_500, Opener: other}

	t.Run("the previous epoch, not offered again", func(t *testing.T) {
		next, effects, err := late().Next(open)
		require.NoError(t, err)
		require.Equal(t, BATCH_STATE_CHALLENGE, next.State)
		require.Equal(t, uint32(1), next.Epoch)
		require.Equal(t, now+12, next.Deadline)
		require.Zero(t, next.LateOpen)
		require.True(t, next.Lease.Bonded)
		require.Equal(t, Effects{RelockBond{holder, bond}}, effects)
	})
	t.Run("it is what an opening that timed out leaves", func(t *testing.T) {
		b := inState(BATCH_STATE_OPENING)
		b.Epoch = 1
		queued, _, err := b.Next(OpeningTimedOut{At: at})
		require.NoError(t, err)
		require.Equal(t, late(), queued)
	})
	t.Run("offered again", func(t *testing.T) {
		offered, _, err := late().Next(Drawn{At: at, Lease: *testLease(false)})
		require.NoError(t, err)
		_, _, err = offered.Next(open)
		require.ErrorIs(t, err, ErrWrongEpoch)
		missed, _, err := offered.Next(OfferTimedOut{At: At{Height: offered.Deadline, Terms: testTerms}})
		require.NoError(t, err)
		_, _, err = missed.Next(open)
		require.ErrorIs(t, err, ErrWrongEpoch)
	})
	t.Run("the new epoch, or one long gone", func(t *testing.T) {
		open.Epoch = 2
		_, _, err := late().Next(open)
		require.ErrorIs(t, err, ErrTransition)
		open.Epoch = 0
		_, _, err = late().Next(open)
		require.ErrorIs(t, err, ErrWrongEpoch)
	})
	t.Run("never committed", func(t *testing.T) {
		open.Epoch = 1
		_, _, err := inState(BATCH_STATE_QUEUED).Next(open)
		require.ErrorIs(t, err, ErrWrongEpoch)
	})
}

// TestNextAtTheDeadline has each event exactly at its deadline and one height off it.
func TestNextAtTheDeadline(t *testing.T) {
	shift := func(e Event, by int64) Event {
		moved := reflect.New(reflect.TypeOf(e)).Elem()
		moved.Set(reflect.ValueOf(e))
		moved.FieldByName("At").Set(reflect.ValueOf(At{Height: now + by, Terms: testTerms}))
		return moved.Interface().(Event)
	}
	always := func(r row) bool {
		switch r.on.(type) {
		case JobEnded, Drawn, CoinMissed, CoinHit, AuditorsMissing, KeyShown, VotingStarted, DecidedForWorker,
			DecidedAgainstWorker, FraudForfeited:
			return true
		case Challenged:
			return r.from != BATCH_STATE_CHALLENGE
		}
		return false
	}
	for _, r := range rows() {
		if always(r) {
			continue
		}
		late, early := shift(r.on, 1), shift(r.on, -1)
		t.Run(fmt.Sprintf("%s/%s", r.from.Short(), r.on.Name()), func(t *testing.T) {
			_, _, atErr := r.before().Next(r.on)
			_, _, lateErr := r.before().Next(late)
			_, _, earlyErr := r.before().Next(early)
			require.NoError(t, atErr)
			switch r.on.(type) {
			case OfferTimedOut, LeaseTimedOut, OpeningTimedOut, DemandTimedOut, DemandExtended, ChallengeTimedOut,
				AuditRoundEnded, DataTimedOut, VotingExtended, VotingTimedOut, WithheldTimedOut:
				require.NoError(t, lateErr)
				require.ErrorIs(t, earlyErr, ErrNotDue)
			default:
				require.ErrorIs(t, lateErr, ErrLate)
				require.NoError(t, earlyErr)
			}
		})
	}
	t.Run("Committed/coin_missed", func(t *testing.T) {
		_, _, err := inState(BATCH_STATE_COMMITTED).Next(CoinMissed{At: at, LiveCount: live - 1})
		require.ErrorIs(t, err, ErrNotDue)
	})
}

func TestNextChecksTheSender(t *testing.T) {
	for _, e := range []Event{
		OfferAccepted{At: at, Worker: other, Epoch: 2},
		Committed{At: at, Worker: other, Epoch: 2},
	} {
		_, _, err := inState(BATCH_STATE_OFFERED).Next(e)
		require.ErrorIs(t, err, ErrNoLease, e.Name())
	}
	_, _, err := inState(BATCH_STATE_LEASED).Next(InputReported{At: at, Worker: other, Epoch: 2})
	require.ErrorIs(t, err, ErrNoLease)

	for state, e := range map[BatchState]Event{
		BATCH_STATE_OFFERED:   OfferAccepted{At: at, Worker: holder, Epoch: 1},
		BATCH_STATE_LEASED:    Committed{At: at, Worker: holder, Epoch: 3},
		BATCH_STATE_OPENING:   Opened{At: at, Epoch: 1},
		BATCH_STATE_CHALLENGE: BatchAccepted{At: at, Epoch: 1},
		BATCH_STATE_DEMANDED:  OutputPosted{At: at, Epoch: 1},
	} {
		_, _, err := inState(state).Next(e)
		require.ErrorIs(t, err, ErrWrongEpoch, e.Name())
	}
}

func TestNextDemandsOnce(t *testing.T) {
	demanded := inState(BATCH_STATE_DEMANDED)
	posted, _, err := demanded.Next(OutputPosted{At: at, Epoch: 2, Poster: other})
	require.NoError(t, err)
	_, _, err = posted.Next(OutputDemanded{At: at, Epoch: 2, Unit: 15, Deposit: deposit})
	require.ErrorIs(t, err, ErrAlreadyDemanded)
}

func TestOfferEndsWithItsJob(t *testing.T) {
	terms := testTerms
	terms.JobDeadline = now + 3
	offered, _, err := inState(BATCH_STATE_QUEUED).Next(Drawn{At: At{now, terms}, Lease: *testLease(false)})
	require.NoError(t, err)
	require.Equal(t, now+3, offered.Deadline)
}

func TestComputeBlocks(t *testing.T) {
	for _, c := range []struct {
		units  uint32
		gas    uint64
		rate   uint64
		blocks int64
	}{
		{1, 1, 1, 1}, {3, 1_000, 300, 10}, {3, 1_000, 3_000, 1}, {3, 1_000, 2_999, 2}, {64, 1 << 56, 1, maxBlocks}, {2, 10, 0, 20},
	} {
		require.Equal(t, c.blocks, computeBlocks(c.units, c.gas, c.rate), "%+v", c)
	}
}
