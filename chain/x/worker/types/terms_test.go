package types_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/dmcn/dmcn/chain/x/worker/types"
)

func TestTermsValidate(t *testing.T) {
	p := testParams()
	for name, c := range map[string]struct {
		change func(*types.Terms)
		want   error
	}{
		"as they are":           {func(*types.Terms) {}, nil},
		"no features":           {func(t *types.Terms) { t.Features = nil }, nil},
		"highest ask":           {func(t *types.Terms) { t.Ask = p.MaxAsk }, nil},
		"ask of 1":              {func(t *types.Terms) { t.Ask = math.OneInt() }, nil},
		"lowest rate":           {func(t *types.Terms) { t.Rate = p.MinRate }, nil},
		"least memory":          {func(t *types.Terms) { t.Memory = types.MinMemory }, nil},
		"most memory":           {func(t *types.Terms) { t.Memory = types.MaxMemory }, nil},
		"no key":                {func(t *types.Terms) { t.EncryptionKey = nil }, types.ErrInvalidKey},
		"short key":             {func(t *types.Terms) { t.EncryptionKey = t.EncryptionKey[1:] }, types.ErrInvalidKey},
		"zero key":              {func(t *types.Terms) { t.EncryptionKey = make([]byte, 32) }, types.ErrInvalidKey},
		"no ask":                {func(t *types.Terms) { t.Ask = math.Int{} }, types.ErrInvalidAsk},
		"ask of 0":              {func(t *types.Terms) { t.Ask = math.ZeroInt() }, types.ErrInvalidAsk},
		"negative ask":          {func(t *types.Terms) { t.Ask = math.NewInt(-1) }, types.ErrInvalidAsk},
		"ask above the limit":   {func(t *types.Terms) { t.Ask = p.MaxAsk.AddRaw(1) }, types.ErrInvalidAsk},
		"rate of 0":             {func(t *types.Terms) { t.Rate = 0 }, types.ErrInvalidRate},
		"rate below the limit":  {func(t *types.Terms) { t.Rate = p.MinRate - 1 }, types.ErrInvalidRate},
		"rate that overflows":   {func(t *types.Terms) { t.Rate = 1 << 63 }, types.ErrInvalidRate},
		"little memory":         {func(t *types.Terms) { t.Memory = types.MinMemory - 1 }, types.ErrInvalidMemory},
		"much memory":           {func(t *types.Terms) { t.Memory = types.MaxMemory + 1 }, types.ErrInvalidMemory},
		"features not sorted":   {func(t *types.Terms) { t.Features = []string{"b", "a"} }, types.ErrInvalidFeatures},
		"feature repeated":      {func(t *types.Terms) { t.Features = []string{"a", "a"} }, types.ErrInvalidFeatures},
		"empty feature":         {func(t *types.Terms) { t.Features = []string{""} }, types.ErrInvalidFeatures},
		"feature in upper case": {func(t *types.Terms) { t.Features = []string{"Gpu"} }, types.ErrInvalidFeatures},
		"long feature":          {func(t *types.Terms) { t.Features = []string{strings.Repeat("a", 33)} }, types.ErrInvalidFeatures},
		"longest feature":       {func(t *types.Terms) { t.Features = []string{strings.Repeat("a", 32)} }, nil},
		"feature with newline":  {func(t *types.Terms) { t.Features = []string{"a\n"} }, types.ErrInvalidFeatures},
		"every module":          {func(t *types.Terms) { t.Modules = nil }, nil},
		"most modules":          {func(t *types.Terms) { t.Modules = moduleIDs(types.MaxModules) }, nil},
		"too many modules":      {func(t *types.Terms) { t.Modules = moduleIDs(types.MaxModules + 1) }, types.ErrInvalidModules},
		"modules not sorted":    {func(t *types.Terms) { slices.Reverse(t.Modules) }, types.ErrInvalidModules},
		"module repeated":       {func(t *types.Terms) { t.Modules[1] = t.Modules[0] }, types.ErrInvalidModules},
		"short module id":       {func(t *types.Terms) { t.Modules[1] = t.Modules[1][1:] }, types.ErrInvalidModules},
		"empty module id":       {func(t *types.Terms) { t.Modules[0] = nil }, types.ErrInvalidModules},
		"any gas limit":         {func(t *types.Terms) { t.MaxGasLimit = 0 }, nil},
		"highest gas limit":     {func(t *types.Terms) { t.MaxGasLimit = 1 << 62 }, nil},
		"too high a gas limit":  {func(t *types.Terms) { t.MaxGasLimit = 1<<62 + 1 }, types.ErrInvalidGasLimit},
		"too many features": {func(t *types.Terms) {
			t.Features = strings.Split("a b c d e f g h i j k l m n o p q", " ")
		}, types.ErrInvalidFeatures},
	} {
		t.Run(name, func(t *testing.T) {
			terms := newTerms()
			c.change(&terms)
			require.ErrorIs(t, terms.Validate(p), c.want)
		})
	}
}
