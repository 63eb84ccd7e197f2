package keeper

import (
	"testing"

	"github.com/stretchr/testify/require"

	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

func TestCandidates(t *testing.T) {
	free, barred := []workertypes.Worker{{Owner: "free"}}, []workertypes.Worker{{Owner: "barred"}}
	for name, c := range map[string]struct {
		found  found
		barren uint32
		want   []workertypes.Worker
		then   uint32
	}{
		"somebody":                         {found{eligible: free, lapsed: barred}, 5, free, 0},
		"nobody":                           {found{}, 5, nil, 5},
		"barred, but not everyone met":     {found{lapsed: barred}, 0, nil, 1},
		"barred, one draw before":          {found{lapsed: barred}, barrenLimit - 1, nil, barrenLimit},
		"barred, and enough draws":         {found{lapsed: barred}, barrenLimit, barred, barrenLimit},
		"barred, and there is nobody else": {found{lapsed: barred, everyone: true}, 0, barred, 0},
	} {
		t.Run(name, func(t *testing.T) {
			got, then := c.found.candidates(c.barren)
			require.Equal(t, c.want, got)
			require.Equal(t, c.then, then)
		})
	}
}
