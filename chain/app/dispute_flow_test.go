package app_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/x/authz"

	"github.com/dmcn/dmcn/chain/app"
	"github.com/dmcn/dmcn/chain/protocol"
	audittypes "github.com/dmcn/dmcn/chain/x/audit/types"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

// TestFraudToTheLastCoin follows every coin of a worker that makes its outputs up: an auditor differs, the referees vote through x/authz, the
// bond waits and is shared out, and the batch is done again and paid.
func TestFraudToTheLastCoin(t *testing.T) {
	c := newCourt(t)
	b := c.committed(true)
	cheat := c.holder(b)
	auditor := c.audit(b, false)
	c.say("bob", c.open(b))
	require.Equal(t, tasktypes.BATCH_STATE_DISPUTED, c.state())
	unit := c.batch(1, 0).Disputes[0].Leaf.Unit
	c.say("bob", c.input(b, unit))
	c.vote(1, c.right(unit))

	lock := b.Lease.Bond
	worker := c.worker(cheat)
	require.Equal(t, workertypes.WORKER_STATUS_JAILED, worker.Status)
	require.Equal(t, bond-lock.Int64(), worker.Bond.Int64())
	require.True(t, worker.Locked.IsZero())
	require.Equal(t, lock.Int64(), c.holds(workertypes.HoldAccount))
	require.EqualValues(t, 1, c.batch(1, 0).Epoch)
	slash := c.slashes()[0]
	paid := c.shares(slash)
	params := c.workerParams()
	require.Equal(t, lock.Int64()*int64(params.SlashProverBps)/10_000, paid[c.named(auditor)])
	require.Equal(t, min(lock.Int64()*int64(params.SlashRequesterBps)/10_000, c.job(1).Funded.Int64()), paid[c.named("alice")])
	require.EqualValues(t, refereeCost/2, paid[c.operator(0)])
	require.EqualValues(t, refereeCost/2, paid[c.operator(1)])
	operator := c.coins(c.operator(0))

	c.until(slash.ReleaseHeight)
	require.Zero(t, c.holds(workertypes.HoldAccount))
	require.Equal(t, slash.Burned().String(), c.burned.String())
	require.EqualValues(t, refereeCost/2, c.coins(c.operator(0))-operator)

	// what is left of the escrow for audits would not do for another one
	again := c.handedIn(false)
	require.NotEqual(t, cheat, c.holder(again))
	c.awaits("the end of its coins", func() bool { return c.state() == tasktypes.BATCH_STATE_OPENING })
	c.say("bob", c.open(again))
	c.say("alice", c.accept(again))
	job := c.job(1)
	require.Equal(t, tasktypes.JOB_STATE_SETTLED, job.State)
	payment, err := protocol.BatchPayment(3*perUnit, math.NewInt(ask), job.RoyaltyBps, job.FeeBps)
	require.NoError(t, err)
	require.Equal(t, payment.Pay.String(), job.Paid.String())

	fee := c.auditFee(job)
	require.Equal(t, fee, job.Audits.Int64())
	earned := map[string]int64{auditor: paid[c.named(auditor)] + fee}
	earned[c.holder(again)] += payment.Pay.Int64()
	for i := range workers {
		name := workerName(i)
		require.Equal(t, purse-c.spent[name]+earned[name]-bond, c.balance(name), name)
	}
	all := payment.Total().Int64() + job.Audits.Int64()
	require.Equal(t, purse-c.spent["alice"]-all+paid[c.named("alice")], c.balance("alice"))
	require.Zero(t, c.holds(tasktypes.EscrowAccount))
}

// TestStrangerIsRight lets somebody challenge what an auditor copied from the worker: both lose, and the stranger is paid.
func TestStrangerIsRight(t *testing.T) {
	c := newCourt(t)
	b := c.committed(true)
	cheat, copycat := c.holder(b), c.audit(b, true)
	c.say("bob", c.open(b))
	require.Equal(t, tasktypes.BATCH_STATE_CHALLENGE, c.state())
	unit := c.sampled
	deposit := c.audits(b)[0].Deposit.Int64()
	c.say("carl", c.challenge(b, unit))
	staked := c.holds(audittypes.DepositAccount)
	require.Equal(t, purse-c.spent["carl"]-staked, c.balance("carl"))
	c.vote(1, c.right(unit))

	require.Zero(t, c.holds(audittypes.DepositAccount))
	require.Equal(t, purse-c.spent["carl"], c.balance("carl"))
	require.Equal(t, b.Lease.Bond.Int64()+deposit, c.holds(workertypes.HoldAccount))
	for _, name := range []string{cheat, copycat} {
		require.Equal(t, workertypes.WORKER_STATUS_JAILED, c.worker(name).Status, name)
	}
	slashes := c.slashes()
	require.Len(t, slashes, 2)
	price := int64(3*perUnit) * ask / 1_000_000_000
	require.Equal(t, price, c.shares(slashes[0])[c.named("carl")], "the batch's price")
	require.Equal(t, deposit/2, c.shares(slashes[1])[c.named("carl")], "half of what the auditor lost")
	c.until(slashes[0].ReleaseHeight)
	require.Equal(t, purse-c.spent["carl"]+price+deposit/2, c.balance("carl"))
	require.Equal(t, slashes[0].Burned().Add(slashes[1].Burned()).String(), c.burned.String())
}

// TestStrangerIsWrong loses the deposit: to the referees first, then half to the worker.
func TestStrangerIsWrong(t *testing.T) {
	c := newCourt(t)
	b := c.committed(false)
	worker := c.holder(b)
	c.audit(b, false)
	c.say("bob", c.open(b))
	c.say("carl", c.challenge(b, 1))
	staked := c.holds(audittypes.DepositAccount)
	c.vote(1, c.right(1))

	require.Equal(t, tasktypes.BATCH_STATE_CHALLENGE, c.state())
	require.Equal(t, []uint32{1}, c.batch(1, 0).SettledUnits)
	require.Equal(t, staked, c.holds(workertypes.HoldAccount))
	slash := c.slashes()[0]
	require.EqualValues(t, refereeCost/2, c.shares(slash)[c.operator(0)])
	require.Equal(t, (staked-refereeCost)/2, c.shares(slash)[c.named(worker)])
	c.say("alice", c.accept(b))
	require.Equal(t, tasktypes.JOB_STATE_SETTLED, c.job(1).State)
	c.until(slash.ReleaseHeight)
	require.Equal(t, purse-c.spent["carl"]-staked, c.balance("carl"))
	require.Equal(t, purse-c.spent[worker]-bond+c.job(1).Paid.Int64()+(staked-refereeCost)/2, c.balance(worker))
}

// TestRefereesVotesGoFirst sends a referee's vote to a node: it has the priority of a duty, a stranger's copy of it has not.
func TestRefereesVotesGoFirst(t *testing.T) {
	c := newCourt(t)
	b := c.committed(false)
	c.audit(b, false)
	c.say("bob", c.open(b))
	c.say("carl", c.challenge(b, 1))
	c.block(nil)
	vote, _ := c.ballot(1, 0, c.right(1))
	require.True(t, c.app().AuditKeeper.IsDuty(c.ctx(), c.exec("ref0", vote)))
	require.False(t, c.app().AuditKeeper.IsDuty(c.ctx(), c.exec("carl", vote)))
	c.refused("carl", authz.ErrNoAuthorizationFound, c.exec("carl", vote))
}

func (c *court) coins(address string) int64 {
	addr, err := sdk.AccAddressFromBech32(address)
	require.NoError(c, err)
	return c.app().BankKeeper.GetBalance(c.ctx(), addr, app.Denom).Amount.Int64()
}

func (c *court) holds(account string) int64 {
	return c.coins(c.app().AccountKeeper.GetModuleAddress(account).String())
}
