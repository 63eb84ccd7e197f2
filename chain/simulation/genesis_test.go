package simulation

import (
	"crypto/sha256"
	"encoding/json"
	"math/rand/v2"
	"time"

	"github.com/cosmos/gogoproto/proto"
	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/cosmos/cosmos-sdk/baseapp"
	pruningtypes "github.com/cosmos/cosmos-sdk/store/v2/pruning/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	genutiltypes "github.com/cosmos/cosmos-sdk/x/genutil/types"
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types"
	govv1 "github.com/cosmos/cosmos-sdk/x/gov/types/v1"
	minttypes "github.com/cosmos/cosmos-sdk/x/mint/types"
	slashingtypes "github.com/cosmos/cosmos-sdk/x/slashing/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/dmcn/dmcn/chain/app"
	"github.com/dmcn/dmcn/chain/internal/apptest"
	audittypes "github.com/dmcn/dmcn/chain/x/audit/types"
	beacontypes "github.com/dmcn/dmcn/chain/x/beacon/types"
	"github.com/dmcn/dmcn/chain/x/beacon/vrf"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

const (
	maxValidators = 6
	proposalCost  = 10_000_000
)

// genesisTime is fixed, so that the same seed gives the same chain.
var genesisTime = time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)

// editor returns what changes a module's part of a genesis, read into a message first.
func editor(t require.TestingT, template *app.App, state map[string]json.RawMessage) func(module string, genesis proto.Message, change func()) {
	return func(module string, genesis proto.Message, change func()) {
		require.NoError(t, template.AppCodec().UnmarshalJSON(state[module], genesis))
		change()
		raw, err := template.AppCodec().MarshalJSON(genesis)
		require.NoError(t, err)
		state[module] = raw
	}
}

// genesis is the state of a chain with short windows before its first block.
func genesis(t require.TestingT, r *rand.Rand, template *app.App, p *people) json.RawMessage {
	state := template.DefaultGenesis()
	edit := editor(t, template, state)

	var auth authtypes.GenesisState
	var bank banktypes.GenesisState
	edit(authtypes.ModuleName, &auth, func() {
		var accounts authtypes.GenesisAccounts
		for _, a := range p.funded() {
			accounts = append(accounts, authtypes.NewBaseAccountWithAddress(a.account.addr))
		}
		packed, err := authtypes.PackAccounts(accounts)
		require.NoError(t, err)
		auth.Accounts = packed
	})
	edit(banktypes.ModuleName, &bank, func() {
		for _, a := range p.funded() {
			bank.Balances = append(bank.Balances, banktypes.Balance{Address: a.account.text, Coins: udmc(a.coins)})
			bank.Supply = bank.Supply.Add(coin(a.coins))
		}
	})

	var gov govv1.GenesisState
	edit(govtypes.ModuleName, &gov, func() {
		voting, expedited := 12*time.Second, 6*time.Second
		gov.Params.VotingPeriod, gov.Params.ExpeditedVotingPeriod, gov.Params.MaxDepositPeriod = &voting, &expedited, &voting
		gov.Params.MinDeposit, gov.Params.ExpeditedMinDeposit = udmc(proposalCost), udmc(5*proposalCost)
	})
	var staking stakingtypes.GenesisState
	edit(stakingtypes.ModuleName, &staking, func() {
		staking.Params.UnbondingTime = 30 * time.Second
		staking.Params.MaxValidators = maxValidators
	})
	var slashing slashingtypes.GenesisState
	edit(slashingtypes.ModuleName, &slashing, func() {
		slashing.Params.SignedBlocksWindow = 20
		slashing.Params.MinSignedPerWindow = math.LegacyNewDecWithPrec(5, 1)
		slashing.Params.DowntimeJailDuration = 20 * time.Second
	})
	var mint minttypes.GenesisState
	edit(minttypes.ModuleName, &mint, func() { mint.Params.BlocksPerYear = 20_000_000 })

	var beacon beacontypes.GenesisState
	edit(beacontypes.ModuleName, &beacon, func() {
		seed := sha256.Sum256([]byte{byte(r.Uint32()), byte(r.Uint32()), byte(r.Uint32())})
		beacon = *beacontypes.NewGenesis(beaconParams(r), seed[:], 0)
	})
	var worker workertypes.GenesisState
	edit(workertypes.ModuleName, &worker, func() { worker.Params = workerParams(r) })
	var task tasktypes.GenesisState
	edit(tasktypes.ModuleName, &task, func() { task.Params = taskParams(r) })

	var audit audittypes.GenesisState
	edit(audittypes.ModuleName, &audit, func() { audit.Params = auditParams(r) })

	var genutil genutiltypes.GenesisState
	edit(genutiltypes.ModuleName, &genutil, func() {
		for _, v := range p.validators[:firstValidators] {
			raw := v.sign(t, newEnvelope(0, 0), v.create(selfDelegation(v)), beacontypes.NewMsgRegisterKey(v.valoper(), v.beaconKey()))
			decoded, err := template.TxConfig().TxDecoder()(raw)
			require.NoError(t, err)
			text, err := template.TxConfig().TxJSONEncoder()(decoded)
			require.NoError(t, err)
			genutil.GenTxs = append(genutil.GenTxs, text)
		}
	})
	raw, err := json.Marshal(state)
	require.NoError(t, err)
	return raw
}

func between(r *rand.Rand, low, high int64) int64 { return low + r.Int64N(high-low+1) }

// taskParams are short windows, and now and then hardly any work a block, so that queues build up.
func taskParams(r *rand.Rand) tasktypes.Params {
	p := tasktypes.DevnetParams()
	p.FeeBps = uint32(between(r, 0, 500))
	p.AuditFloor = math.NewInt(between(r, 0, 500))
	p.DemandDeposit = math.NewInt(between(r, 1, 20_000))
	p.Candidates = uint32(between(r, 1, 5))
	p.DrawTries = uint32(between(r, 3, 16))
	p.CoinHeights = uint32(between(r, maxValidators, maxValidators+2))
	p.AcceptBlocks = between(r, 2, 8)
	p.LeaseBlocks = between(r, 4, 12)
	p.OpenBlocks = between(r, 3, 10)
	p.ChallengeBlocks = between(r, 3, 10)
	p.DemandBlocks = between(r, 3, 8)
	p.DrawsPerBlock = uint32(between(r, 2, 12))
	p.DeadlinesPerBlock = uint32(between(r, 6, 40))
	if r.IntN(3) == 0 {
		p.DeadlinesPerBlock = uint32(between(r, 1, 3))
	}
	p.ReportLimit = uint32(between(r, 1, 3))
	p.RetentionBlocks = between(r, 1, 60)
	p.PrunesPerBlock = uint32(between(r, 1, 6))
	p.AuditBlocks = between(r, 2, 6)
	p.DataBlocks = between(r, 2, 6)
	p.VerdictBlocks = between(r, 4, 9)
	p.WithheldBlocks = between(r, 5, 40)
	p.StandingAudits = uint32(between(r, 0, 3))
	p.StandingPrice = math.NewInt(between(r, 0, 500_000))
	p.CoinsPerBlock = uint32(pick(r, []int{1, 3, 1_000, 1_000}))
	if r.IntN(5) == 0 {
		return p // nothing is audited
	}
	p, err := p.WithCoins()
	if err != nil {
		panic(err)
	}
	return p
}

func auditParams(r *rand.Rand) audittypes.Params {
	p := audittypes.DevnetParams()
	p.DrawsPerBlock = uint32(pick(r, []int{1, 20, 20}))
	p.DrawTries = uint32(between(r, 3, 16))
	p.MaxOpenAudits = uint32(between(r, 1, 6))
	p.DisputesPerBlock = uint32(between(r, 1, 4))
	p.OpenDisputes = uint32(pick(r, []int{1, 5, 1_000}))
	p.RefereeCost = math.NewInt(between(r, 0, 20_000))
	p.CommitGraceBlocks = between(r, 1, 2)
	p.AbsenceWindow = between(r, 1, 40)
	return p
}

func workerParams(r *rand.Rand) workertypes.Params {
	p := workertypes.DevnetParams()
	p.Lot = math.NewInt(between(r, 1, 3) * 50_000)
	p.MaxLots = uint64(between(r, 5, 40))
	p.MaxLoad = uint32(between(r, 2, 10))
	p.MissedLimit = uint32(between(r, 1, 4))
	p.LeaseLockBps = uint32(between(r, 5_000, 10_000))
	p.LapseWindow = between(r, 20, 400)
	p.LapseLock = 1
	p.SlashHoldBlocks = between(r, 1, 20)
	p.JailBlocks = between(r, 1, 20)
	return p
}

func beaconParams(r *rand.Rand) beacontypes.Params {
	return beacontypes.Params{KeyDelay: between(r, 1, 10), History: between(r, 1, 40)}
}

// newApp is an application with the secrets of all validators, over a database that forgets old heights.
func newApp(home string) *app.App {
	return apptest.NewApp(home, baseapp.SetPruning(pruningtypes.NewPruningOptions(pruningtypes.PruningEverything)))
}

// writeSecrets lets one home propose as any validator.
func writeSecrets(t require.TestingT, home string, validators []*validator) {
	for _, v := range validators {
		require.NoError(t, vrf.KeyFileIn(home).Add(v.beaconKey()))
	}
}

func authority() string { return authtypes.NewModuleAddress(govtypes.ModuleName).String() }

func moduleAddress(name string) sdk.AccAddress { return authtypes.NewModuleAddress(name) }
