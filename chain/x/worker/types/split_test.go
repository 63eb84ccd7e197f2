package types_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"cosmossdk.io/math"

	"github.com/dmcn/dmcn/chain/x/worker/types"
)

// referees are due amounts.
func referees(due ...int64) []types.SlashShare {
	var shares []types.SlashShare
	for i, amount := range due {
		shares = append(shares, types.SlashShare{Recipient: string(rune('r' + i)), Role: types.SLASH_ROLE_REFEREE, Amount: math.NewInt(amount)})
	}
	return shares
}

func share(recipient string, role types.SlashRole, amount int64) types.SlashShare {
	return types.SlashShare{Recipient: recipient, Role: role, Amount: math.NewInt(amount)}
}

func TestLockShares(t *testing.T) {
	const prover, requester, referee = types.SLASH_ROLE_PROVER, types.SLASH_ROLE_REQUESTER, types.SLASH_ROLE_REFEREE
	batchPrice := math.NewInt(200)
	for name, c := range map[string]struct {
		amount int64
		claims types.Claims
		want   []types.SlashShare
		burned int64
	}{
		"a drawn auditor": {
			1_000,
			types.Claims{Provers: []string{"a"}, Requester: "q", RequesterCap: math.NewInt(9_999)},
			[]types.SlashShare{share("a", prover, 500), share("q", requester, 200)},
			300,
		},
		"two drawn auditors share": {
			1_003,
			types.Claims{Provers: []string{"a", "b"}, Requester: "q", RequesterCap: math.NewInt(9_999)},
			[]types.SlashShare{share("a", prover, 250), share("b", prover, 250), share("q", requester, 200)},
			303,
		},
		"a challenger gets at most the batch's price": {
			1_000,
			types.Claims{Provers: []string{"c"}, ProverCap: &batchPrice, Requester: "q", RequesterCap: math.NewInt(9_999)},
			[]types.SlashShare{share("c", prover, 200), share("q", requester, 200)},
			600,
		},
		"the requester gets at most the job's price": {
			1_000,
			types.Claims{Provers: []string{"a"}, Requester: "q", RequesterCap: math.NewInt(50)},
			[]types.SlashShare{share("a", prover, 500), share("q", requester, 50)},
			450,
		},
		"nobody proved it": {
			1_000,
			types.Claims{Requester: "q", RequesterCap: math.NewInt(9_999)},
			[]types.SlashShare{share("q", requester, 200)},
			800,
		},
		"referees are paid from what would be burned": {
			1_000,
			types.Claims{Provers: []string{"a"}, Requester: "q", RequesterCap: math.NewInt(9_999), Referees: referees(100, 20)},
			[]types.SlashShare{share("a", prover, 500), share("q", requester, 200), share("r", referee, 100), share("s", referee, 20)},
			180,
		},
		"and in proportion where that is not enough": {
			1_000,
			types.Claims{Provers: []string{"a"}, Requester: "q", RequesterCap: math.NewInt(9_999), Referees: referees(600, 400, 0)},
			[]types.SlashShare{share("a", prover, 500), share("q", requester, 200), share("r", referee, 180), share("s", referee, 120)},
			0,
		},
		"a dust of a lock": {1, types.Claims{Provers: []string{"a"}, Requester: "q", RequesterCap: math.NewInt(9_999)}, nil, 1},
	} {
		t.Run(name, func(t *testing.T) {
			shares := types.DefaultParams().LockShares(math.NewInt(c.amount), c.claims)
			require.Equal(t, c.want, shares)
			require.EqualValues(t, c.burned, types.Slash{Amount: math.NewInt(c.amount), Shares: shares}.Burned().Int64())
		})
	}
}

func TestDepositShares(t *testing.T) {
	const opponent, referee = types.SLASH_ROLE_OPPONENT, types.SLASH_ROLE_REFEREE
	for name, c := range map[string]struct {
		amount    int64
		referees  []types.SlashShare
		opponents []string
		want      []types.SlashShare
	}{
		"referees first, then half": {1_000, referees(100), []string{"o"}, []types.SlashShare{share("r", referee, 100), share("o", opponent, 450)}},
		"an odd rest burns more":    {1_001, referees(100), []string{"o"}, []types.SlashShare{share("r", referee, 100), share("o", opponent, 450)}},
		"several opponents":         {1_000, nil, []string{"o", "p"}, []types.SlashShare{share("o", opponent, 250), share("p", opponent, 250)}},
		"nobody was right":          {1_000, referees(100), nil, []types.SlashShare{share("r", referee, 100)}},
		"less than the referees":    {90, referees(60, 60), []string{"o"}, []types.SlashShare{share("r", referee, 45), share("s", referee, 45)}},
	} {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, c.want, types.DepositShares(math.NewInt(c.amount), c.referees, c.opponents))
		})
	}
}

// TestSplitsNeverExceedTheAmount is for amounts, claims and parameters of any size.
func TestSplitsNeverExceedTheAmount(t *testing.T) {
	amounts := rapid.Int64Range(0, 1<<40)
	rapid.Check(t, func(t *rapid.T) {
		amount := math.NewInt(rapid.Int64Range(1, 1<<40).Draw(t, "amount"))
		p := types.DefaultParams()
		p.SlashProverBps = rapid.Uint32Range(1, 9_999).Draw(t, "prover")
		p.SlashRequesterBps = rapid.Uint32Range(1, types.BasisPoints-p.SlashProverBps).Draw(t, "requester")
		require.NoError(t, p.Validate())
		limit := math.NewInt(amounts.Draw(t, "cap"))
		claims := types.Claims{
			Provers: rapid.SliceOfN(rapid.Just("a"), 0, 3).Draw(t, "provers"), Requester: "q", RequesterCap: math.NewInt(amounts.Draw(t, "job")),
			Referees: referees(rapid.SliceOfN(amounts, 0, 5).Draw(t, "referees")...),
		}
		if rapid.Bool().Draw(t, "challenger") {
			claims.ProverCap = &limit
		}
		for _, shares := range [][]types.SlashShare{
			p.LockShares(amount, claims), types.DepositShares(amount, claims.Referees, claims.Provers),
		} {
			require.NoError(t, types.Loss{Kind: types.SLASH_KIND_LEAF, Owner: "o", Amount: amount, Shares: shares}.Validate())
			for _, s := range shares {
				require.True(t, s.Amount.IsPositive())
				require.False(t, s.Role == types.SLASH_ROLE_PROVER && claims.ProverCap != nil && s.Amount.GT(limit))
			}
		}
	})
}
