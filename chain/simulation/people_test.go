package simulation

import (
	"crypto/sha256"
	"fmt"

	"cosmossdk.io/math"

	"github.com/cosmos/cosmos-sdk/crypto/keys/ed25519"
	sdk "github.com/cosmos/cosmos-sdk/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/dmcn/dmcn/chain/x/beacon/vrf"
)

const (
	firstValidators = 4
	// steadyValidators never go down: without a majority there are no blocks.
	steadyValidators = 2
	purse            = 1_000_000_000
)

// habits are the chances, in percent, with which a worker does what it should.
type habits struct {
	name   string
	accept int // takes an offer up in a turn
	swift  int // commits straight from the offer
	commit int
	report int // gives a lease back, for missing inputs
	open   int // opens its own batches
	junk   int // commits to what nobody can open
	audit  int // posts the audits that it is drawn for
	wrong  int // posts something else than it computed
	cheat  int // commits wrong outputs
}

// characters are the kinds of workers; the first is the most common.
var characters = []habits{
	{name: "honest", accept: 90, swift: 20, commit: 90, open: 70, audit: 90},
	{name: "lazy", accept: 80, commit: 8, open: 30, audit: 10},
	{name: "dead"},
	{name: "doubtful", accept: 90, commit: 30, report: 60, open: 60, audit: 60},
	{name: "forgetful", accept: 70, swift: 40, commit: 80, open: 2, audit: 70, wrong: 50, cheat: 20},
	{name: "junk", accept: 80, swift: 30, commit: 80, open: 20, junk: 40, audit: 80, wrong: 30, cheat: 40},
	{name: "cheat", accept: 90, swift: 20, commit: 90, open: 80, audit: 90, wrong: 10, cheat: 80},
}

// worker is an owner with its operator, who has no coins: the owner pays its fees.
type worker struct {
	owner, operator *account
	habits          habits
}

// requester fixes its jobs' terms, and may never come back to them.
type requester struct {
	*account
	absent bool
}

type validator struct {
	*account
	// referee votes for it once it is registered and allowed to.
	referee   *account
	consensus *ed25519.PrivKey
	// beaconKeys counts the rotations of the VRF key.
	beaconKeys int
	// downUntil is the height from which on it signs again.
	downUntil int64
	steady    bool
}

func (v *validator) valoper() sdk.ValAddress { return sdk.ValAddress(v.addr) }

// beaconKey is the VRF key of the latest rotation.
func (v *validator) beaconKey() vrf.Key {
	secret := sha256.Sum256(fmt.Appendf(nil, "vrf %s %d", v.name, v.beaconKeys))
	key, err := vrf.KeyFromSecret(secret[:])
	if err != nil {
		panic(err)
	}
	return key
}

func (v *validator) create(stake int64) *stakingtypes.MsgCreateValidator {
	percent := func(n int64) math.LegacyDec { return math.LegacyNewDecWithPrec(n, 2) }
	msg, err := stakingtypes.NewMsgCreateValidator(
		v.valoper().String(), v.consensus.PubKey(), coin(stake), stakingtypes.NewDescription(v.name, "", "", "", ""),
		stakingtypes.NewCommissionRates(percent(5), percent(20), percent(1)), math.OneInt(),
	)
	if err != nil {
		panic(err)
	}
	return msg
}

func selfDelegation(v *validator) int64 {
	if v.steady {
		return purse / 2
	}
	return purse / 50
}

// people is everybody who takes part.
type people struct {
	workers    []*worker
	requesters []*requester
	authors    []*account
	// others open, post outputs, delegate, propose and send coins to each other.
	others     []*account
	validators []*validator
	// thief takes coins from our accounts where the bank lets it, and brings them back.
	thief  *account
	byName map[string]*account
}

func newPeople() *people {
	p := &people{byName: map[string]*account{}}
	known := func(name string) *account {
		a := newAccount(name)
		p.byName[a.text] = a
		return a
	}
	for i := range 14 {
		name := fmt.Sprintf("worker%d", i)
		w := &worker{owner: known(name), operator: known(name + "-operator"), habits: characters[0]}
		if i%2 == 1 {
			w.habits = characters[i/2%len(characters)]
		}
		p.workers = append(p.workers, w)
	}
	for i := range 4 {
		p.requesters = append(p.requesters, &requester{account: known(fmt.Sprintf("requester%d", i)), absent: i == 3})
	}
	for i := range 2 {
		p.authors = append(p.authors, known(fmt.Sprintf("author%d", i)))
	}
	for i := range 6 {
		p.others = append(p.others, known(fmt.Sprintf("other%d", i)))
	}
	p.thief = known("thief")
	for i := range firstValidators + 3 {
		name := fmt.Sprintf("validator%d", i)
		v := &validator{account: known(name), referee: known("referee of " + name), consensus: ed25519.GenPrivKeyFromSecret([]byte(name)), steady: i < steadyValidators}
		p.validators = append(p.validators, v)
	}
	return p
}

type funds struct {
	account *account
	coins   int64
}

// funded are the accounts of the genesis, with what they have.
func (p *people) funded() []funds {
	var list []funds
	add := func(a *account, coins int64) { list = append(list, funds{a, coins}) }
	for _, v := range p.validators {
		add(v.account, purse)
		add(v.referee, purse)
	}
	for _, w := range p.workers {
		add(w.owner, purse)
	}
	for _, r := range p.requesters {
		add(r.account, purse)
	}
	for _, a := range append(p.authors, p.others...) {
		add(a, purse)
	}
	add(p.thief, purse)
	return list
}
