package types_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/dmcn/dmcn/chain/x/worker/types"
)

func TestTransitions(t *testing.T) {
	p := testParams()
	type outcome struct {
		bond, locked, reserved int64
		load                   uint32
	}
	start := func() types.Worker {
		w := newWorker(1_000)
		w.Locked, w.Reserved, w.Load = math.NewInt(300), math.NewInt(200), 2
		return w
	}
	amount := math.NewInt
	for name, c := range map[string]struct {
		apply func(types.Worker) (types.Worker, error)
		want  outcome
		err   error
	}{
		"bond": {func(w types.Worker) (types.Worker, error) { return w.AddBond(amount(5)) }, outcome{1_005, 300, 200, 2}, nil},
		"bond up to 128 bits": {func(w types.Worker) (types.Worker, error) {
			return w.AddBond(math.NewIntFromUint64(1 << 63).Mul(math.NewIntFromUint64(1 << 63)).MulRaw(4))
		}, outcome{}, types.ErrInvalidAmount},
		"bond a negative amount":     {func(w types.Worker) (types.Worker, error) { return w.AddBond(amount(-5)) }, outcome{}, types.ErrInvalidAmount},
		"withdraw part":              {func(w types.Worker) (types.Worker, error) { return w.Withdraw(amount(5)) }, outcome{995, 300, 200, 2}, nil},
		"withdraw all that is free":  {func(w types.Worker) (types.Worker, error) { return w.Withdraw(amount(700)) }, outcome{300, 300, 200, 2}, nil},
		"withdraw locked bond":       {func(w types.Worker) (types.Worker, error) { return w.Withdraw(amount(701)) }, outcome{}, types.ErrInsufficientBond},
		"withdraw a negative amount": {func(w types.Worker) (types.Worker, error) { return w.Withdraw(amount(-1)) }, outcome{}, types.ErrInvalidAmount},
		"reserve":                    {func(w types.Worker) (types.Worker, error) { return w.Reserve(amount(50)) }, outcome{1_000, 300, 250, 3}, nil},
		"reserve nothing given":      {func(w types.Worker) (types.Worker, error) { return w.Reserve(math.Int{}) }, outcome{}, types.ErrInvalidAmount},
		"release":                    {func(w types.Worker) (types.Worker, error) { return w.Release(amount(200)) }, outcome{1_000, 300, 0, 1}, nil},
		"release too much":           {func(w types.Worker) (types.Worker, error) { return w.Release(amount(201)) }, outcome{}, types.ErrInconsistent},
		"lock":                       {func(w types.Worker) (types.Worker, error) { return w.Lock(p, amount(200)) }, outcome{1_000, 500, 0, 2}, nil},
		"lock without reservation":   {func(w types.Worker) (types.Worker, error) { return w.Lock(p, amount(201)) }, outcome{}, types.ErrInconsistent},
		"lock after a withdrawal": {func(w types.Worker) (types.Worker, error) {
			w.Bond = amount(555)
			return w.Lock(p, amount(200))
		}, outcome{}, types.ErrInsufficientBond},
		"lock up to nine tenths": {func(w types.Worker) (types.Worker, error) {
			w.Bond = amount(556)
			return w.Lock(p, amount(200))
		}, outcome{556, 500, 0, 2}, nil},
		"end a lease": {types.Worker.EndLease, outcome{1_000, 300, 200, 1}, nil},
		"end a lease without load": {func(w types.Worker) (types.Worker, error) {
			w.Load = 0
			return w.EndLease()
		}, outcome{}, types.ErrInconsistent},
		"unlock":                             {func(w types.Worker) (types.Worker, error) { return w.Unlock(amount(300)) }, outcome{1_000, 0, 200, 2}, nil},
		"unlock too much":                    {func(w types.Worker) (types.Worker, error) { return w.Unlock(amount(301)) }, outcome{}, types.ErrInconsistent},
		"lock a deposit of all that is free": {func(w types.Worker) (types.Worker, error) { return w.LockDeposit(amount(700)) }, outcome{1_000, 1_000, 200, 2}, nil},
		"lock a deposit of more":             {func(w types.Worker) (types.Worker, error) { return w.LockDeposit(amount(701)) }, outcome{}, types.ErrInsufficientBond},
		"lock a deposit in jail": {func(w types.Worker) (types.Worker, error) {
			w.Status = types.WORKER_STATUS_JAILED
			return w.LockDeposit(amount(1))
		}, outcome{}, types.ErrJailed},
		"forfeit":          {func(w types.Worker) (types.Worker, error) { return w.Forfeit(amount(300)) }, outcome{700, 0, 200, 2}, nil},
		"forfeit too much": {func(w types.Worker) (types.Worker, error) { return w.Forfeit(amount(301)) }, outcome{}, types.ErrInconsistent},
		"lapse":            {func(w types.Worker) (types.Worker, error) { return w.Lapse(amount(300)) }, outcome{1_000, 300, 200, 2}, nil},
		"lapse too much":   {func(w types.Worker) (types.Worker, error) { return w.Lapse(amount(301)) }, outcome{}, types.ErrInconsistent},
	} {
		t.Run(name, func(t *testing.T) {
			w, err := c.apply(start())
			require.ErrorIs(t, err, c.err)
			if c.err == nil {
				require.Equal(t, c.want, outcome{w.Bond.Int64(), w.Locked.Int64(), w.Reserved.Int64(), w.Load})
			}
		})
	}
}

func TestLockTellsWhatIsMissing(t *testing.T) {
	w := newWorker(1_000)
	w.Reserved = math.NewInt(1_000)
	_, err := w.Lock(testParams(), math.NewInt(1_000))
	require.ErrorContains(t, err, "bond at least 112 more")
	w, err = w.AddBond(math.NewInt(112))
	require.NoError(t, err)
	_, err = w.Lock(testParams(), math.NewInt(1_000))
	require.NoError(t, err)
}

func TestStatus(t *testing.T) {
	const active, paused, setAside = types.WORKER_STATUS_ACTIVE, types.WORKER_STATUS_PAUSED, types.WORKER_STATUS_SET_ASIDE
	const jailed, tombstoned = types.WORKER_STATUS_JAILED, types.WORKER_STATUS_TOMBSTONED
	resume := func(w types.Worker) (types.Worker, error) { return w.Resume(100) }
	miss := func(w types.Worker) (types.Worker, error) { return w.MissOffer(testParams()), nil }
	for _, c := range []struct {
		name     string
		from     types.WorkerStatus
		missed   uint32
		apply    func(types.Worker) (types.Worker, error)
		to       types.WorkerStatus
		toMissed uint32
		err      error
	}{
		{"pause", active, 1, types.Worker.Pause, paused, 1, nil},
		{"pause", setAside, 3, types.Worker.Pause, paused, 3, nil},
		{"pause", paused, 0, types.Worker.Pause, paused, 0, types.ErrWrongStatus},
		{"resume", paused, 2, resume, active, 0, nil},
		{"resume", setAside, 3, resume, active, 0, nil},
		{"resume", active, 1, resume, active, 1, types.ErrWrongStatus},
		{"pause", jailed, 0, types.Worker.Pause, jailed, 0, types.ErrJailed},
		{"pause", tombstoned, 0, types.Worker.Pause, tombstoned, 0, types.ErrJailed},
		{"resume at the end of the jail", jailed, 2, resume, active, 0, nil},
		{"resume a height early", jailed, 2, func(w types.Worker) (types.Worker, error) { return w.Resume(99) }, jailed, 2, types.ErrJailed},
		{"resume", tombstoned, 0, resume, tombstoned, 0, types.ErrJailed},
		{"miss", jailed, 5, miss, jailed, 6, nil},
		{"miss", active, 0, miss, active, 1, nil},
		{"miss", active, 1, miss, active, 2, nil},
		{"miss", active, 2, miss, setAside, 3, nil},
		{"miss", setAside, 3, miss, setAside, 4, nil},
		{"miss", paused, 5, miss, paused, 6, nil},
		{"miss", paused, 1<<32 - 1, miss, paused, 1<<32 - 1, nil},
	} {
		w := newWorker(1_000)
		w.Status, w.Missed, w.JailUntil = c.from, c.missed, 100
		next, err := c.apply(w)
		require.ErrorIs(t, err, c.err, "%+v", c)
		if err == nil {
			require.Equal(t, c.to, next.Status, "%s from %s", c.name, c.from)
			require.Equal(t, c.toMissed, next.Missed, "%s from %s", c.name, c.from)
		}
	}
}
