package keeper_test

import (
	"bytes"
	"testing"

	"github.com/dmcn/dmcn/chain/x/task/types"
)

func TestOpenRefuses(t *testing.T) {
	f := newFixture(t)
	b := f.inState(types.BATCH_STATE_OPENING)
	for name, c := range map[string]struct {
		change func(*types.MsgOpen)
		want   error
	}{
		"wrong key":          {func(m *types.MsgOpen) { m.Key = bytes.Repeat([]byte{9}, 32) }, types.ErrOpeningMismatch},
		"short key":          {func(m *types.MsgOpen) { m.Key = m.Key[1:] }, types.ErrInvalidOpening},
		"another epoch":      {func(m *types.MsgOpen) { m.Epoch = 1 }, types.ErrWrongEpoch},
		"another sum":        {func(m *types.MsgOpen) { m.GasTotal++ }, types.ErrOpeningMismatch},
		"another leaf":       {func(m *types.MsgOpen) { m.Leaves[1].OutputHash = make([]byte, 32) }, types.ErrOpeningMismatch},
		"another gas":        {func(m *types.MsgOpen) { m.Leaves[0].Gas++; m.GasTotal++ }, types.ErrOpeningMismatch},
		"swapped leaves":     {func(m *types.MsgOpen) { m.Leaves[0], m.Leaves[1] = m.Leaves[1], m.Leaves[0] }, types.ErrInvalidOpening},
		"a leaf missing":     {func(m *types.MsgOpen) { m.Leaves = m.Leaves[1:] }, types.ErrInvalidOpening},
		"numbered otherwise": {func(m *types.MsgOpen) { m.Leaves[0].Unit = 4 }, types.ErrInvalidOpening},
		"status":             {func(m *types.MsgOpen) { m.Leaves[0].Status = 7 }, types.ErrInvalidOpening},
		"status of 8 bits":   {func(m *types.MsgOpen) { m.Leaves[0].Status = 256 }, types.ErrInvalidOpening},
		"exit code":          {func(m *types.MsgOpen) { m.Leaves[0].ExitCode = 1 }, types.ErrInvalidOpening},
		"EXIT without code":  {func(m *types.MsgOpen) { m.Leaves[0].Status = 1 }, types.ErrInvalidOpening},
		"above the limit":    {func(m *types.MsgOpen) { m.Leaves[0].Gas = gas + 1 }, types.ErrInvalidOpening},
		"OUT_OF_GAS below":   {func(m *types.MsgOpen) { m.Leaves[0].Status = 3 }, types.ErrInvalidOpening},
		"output hash":        {func(m *types.MsgOpen) { m.Leaves[0].OutputHash = nil }, types.ErrInvalidOpening},
	} {
		t.Run(name, func(t *testing.T) {
			msg := f.openMsg(b, f.compute(b))
			c.change(msg)
			refused(t, f, f.msgs.Open, msg, c.want)
		})
	}
	t.Run("twice", func(t *testing.T) {
		f.open(b)
		refused(t, f, f.msgs.Open, f.openMsg(b, f.compute(b)), types.ErrTransition)
	})
}

func TestOpenBeforeTheCoin(t *testing.T) {
	f := newFixture(t)
	b := f.inState(types.BATCH_STATE_COMMITTED)
	refused(t, f, f.msgs.Open, f.openMsg(b, f.compute(b)), types.ErrTransition)
}
