package keeper_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/dmcn/dmcn/chain/x/task/types"
)

func TestSubmitJobRefuses(t *testing.T) {
	f := newFixture(t)
	module := f.module(0)
	for name, c := range map[string]struct {
		change func(*types.JobSpec)
		want   error
	}{
		"N = 0":               {func(s *types.JobSpec) { s.Units = 0 }, types.ErrInvalidJob},
		"N too large":         {func(s *types.JobSpec) { s.Units = 1<<20 + 1 }, types.ErrInvalidJob},
		"n = 0":               {func(s *types.JobSpec) { s.BatchSize = 0 }, types.ErrInvalidJob},
		"n too large":         {func(s *types.JobSpec) { s.BatchSize = 65 }, types.ErrInvalidJob},
		"memory":              {func(s *types.JobSpec) { s.MemoryLimit = 512<<20 + 1 }, types.ErrInvalidJob},
		"no memory":           {func(s *types.JobSpec) { s.MemoryLimit = 0 }, types.ErrInvalidJob},
		"no gas":              {func(s *types.JobSpec) { s.GasLimit = 0 }, types.ErrInvalidJob},
		"gas":                 {func(s *types.JobSpec) { s.GasLimit = 1 << 60 }, types.ErrInvalidJob},
		"arguments":           {func(s *types.JobSpec) { s.Args = []string{strings.Repeat("a", 4<<10)} }, types.ErrInvalidJob},
		"many arguments":      {func(s *types.JobSpec) { s.Args = make([]string, 4<<10+1) }, types.ErrInvalidJob},
		"an argument's zero":  {func(s *types.JobSpec) { s.Args = []string{"a\x00b"} }, types.ErrInvalidJob},
		"no price":            {func(s *types.JobSpec) { s.MaxPrice = math.Int{} }, types.ErrInvalidJob},
		"price below minimum": {func(s *types.JobSpec) { s.MaxPrice = math.ZeroInt() }, types.ErrInvalidJob},
		"price above 64 bits": {func(s *types.JobSpec) { s.MaxPrice = math.NewInt(1 << 62).MulRaw(4) }, types.ErrInvalidJob},
		"deadline now":        {func(s *types.JobSpec) { s.Deadline = f.ctx.BlockHeight() }, types.ErrInvalidJob},
		"deadline far":        {func(s *types.JobSpec) { s.Deadline = f.ctx.BlockHeight() + 1_000_001 }, types.ErrInvalidJob},
		"no locator":          {func(s *types.JobSpec) { s.Locators = nil }, types.ErrInvalidJob},
		"many locators":       {func(s *types.JobSpec) { s.Locators = slices.Repeat(s.Locators, 9) }, types.ErrInvalidJob},
		"long locator":        {func(s *types.JobSpec) { s.Locators = []string{"http://" + strings.Repeat("h", 250)} }, types.ErrInvalidJob},
		"file locator":        {func(s *types.JobSpec) { s.Locators = []string{"file:///etc"} }, types.ErrInvalidJob},
		"locator's user":      {func(s *types.JobSpec) { s.Locators = []string{"http://me:pw@host"} }, types.ErrInvalidJob},
		"locator's query":     {func(s *types.JobSpec) { s.Locators = []string{"http://host?x=1"} }, types.ErrInvalidJob},
		"locator, no host":    {func(s *types.JobSpec) { s.Locators = []string{"http://:80"} }, types.ErrInvalidJob},
		"locator, no URL":     {func(s *types.JobSpec) { s.Locators = []string{"http://%zz"} }, types.ErrInvalidJob},
		"encryption key":      {func(s *types.JobSpec) { s.EncryptionKey = make([]byte, 31) }, types.ErrInvalidJob},
		"input root":          {func(s *types.JobSpec) { s.InputRoot = nil }, types.ErrInvalidJob},
		"input index":         {func(s *types.JobSpec) { s.InputIndex = make([]byte, 33) }, types.ErrInvalidJob},
		"audit rate":          {func(s *types.JobSpec) { s.Assurance.AuditBps = 3_000 }, types.ErrInvalidJob},
		"no auditors":         {func(s *types.JobSpec) { s.Assurance.Auditors = 0 }, types.ErrInvalidJob},
		"auditors":            {func(s *types.JobSpec) { s.Assurance.Auditors = 4 }, types.ErrInvalidJob},
		"no samples":          {func(s *types.JobSpec) { s.Assurance.Samples = 0 }, types.ErrInvalidJob},
		"samples":             {func(s *types.JobSpec) { s.Assurance.Samples = 5 }, types.ErrInvalidJob},
		"features":            {func(s *types.JobSpec) { s.Features = []string{"gpu", "gpu"} }, types.ErrInvalidJob},
		"no mode":             {func(s *types.JobSpec) { s.Mode = types.MODE_UNSPECIFIED }, types.ErrInvalidJob},
		"sealed":              {func(s *types.JobSpec) { s.Mode = types.MODE_SEALED }, types.ErrSealedUnsupported},
		"module id":           {func(s *types.JobSpec) { s.ModuleId = nil }, types.ErrInvalidJob},
		"unknown module":      {func(s *types.JobSpec) { s.ModuleId = make([]byte, 32) }, types.ErrUnknownModule},
	} {
		t.Run(name, func(t *testing.T) {
			spec := f.spec(module)
			c.change(&spec)
			msg := &types.MsgSubmitJob{Requester: f.named("alice"), Spec: spec, MaxEscrow: math.NewInt(funds)}
			refused(t, f, f.msgs.SubmitJob, msg, c.want)
		})
	}
	t.Run("underfunded", func(t *testing.T) {
		spec := f.spec(module)
		escrow := f.escrow(spec)
		msg := &types.MsgSubmitJob{Requester: f.named("alice"), Spec: spec, MaxEscrow: escrow.SubRaw(1)}
		refused(t, f, f.msgs.SubmitJob, msg, types.ErrUnderfunded)
		msg.MaxEscrow = math.Int{}
		refused(t, f, f.msgs.SubmitJob, msg, types.ErrUnderfunded)
		msg.MaxEscrow = escrow
		f.fund("poor", escrow.Int64()-1)
		msg.Requester = f.named("poor")
		refused(t, f, f.msgs.SubmitJob, msg, types.ErrUnderfunded)
		require.Equal(t, escrow.Int64()-1, f.balance("poor"))
		f.fund("poor", 1)
		must(f, f.msgs.SubmitJob, msg)
		require.Zero(t, f.balance("poor"))
	})
}
