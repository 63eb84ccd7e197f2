package types

import "cosmossdk.io/math"

// Claims are what others claim of a lock that a worker forfeited. Amounts are udmc.
type Claims struct {
	// Provers share the prover's part equally: the drawn auditors whose posts were right, or the challenger. There may be none.
	Provers []string
	// ProverCap is the most that they get together, nil for drawn auditors.
	ProverCap *math.Int
	// Requester gets its part up to RequesterCap, the price of the whole job.
	Requester    string
	RequesterCap math.Int
	// Referees are what the referees are due.
	Referees []SlashShare
}

// LockShares splits a lock that a refuted leaf forfeited: parts of the parameters for prover and requester; the referees are paid from the
// rest, before it is burned.
func (p Params) LockShares(amount math.Int, c Claims) []SlashShare {
	part := func(bps uint32) math.Int { return amount.MulRaw(int64(bps)).QuoRaw(BasisPoints) }
	prover := part(p.SlashProverBps)
	if c.ProverCap != nil {
		prover = math.MinInt(prover, *c.ProverCap)
	}
	requester := math.MinInt(part(p.SlashRequesterBps), c.RequesterCap)
	shares := equally(SLASH_ROLE_PROVER, c.Provers, prover)
	shares = append(shares, equally(SLASH_ROLE_REQUESTER, []string{c.Requester}, requester)...)
	return append(shares, upTo(amount.Sub(sumOf(shares)), c.Referees)...)
}

// DepositShares splits a lost deposit: the referees are paid first, then half is burned and the rest goes to the side that was right, in equal
// parts. Where no side was right, all of it is burned.
func DepositShares(amount math.Int, referees []SlashShare, opponents []string) []SlashShare {
	shares := upTo(amount, referees)
	rest := amount.Sub(sumOf(shares))
	return append(shares, equally(SLASH_ROLE_OPPONENT, opponents, rest.QuoRaw(2))...)
}

// equally splits an amount among recipients; what does not divide is left.
func equally(role SlashRole, recipients []string, amount math.Int) []SlashShare {
	var shares []SlashShare
	for _, recipient := range recipients {
		if each := amount.QuoRaw(int64(len(recipients))); each.IsPositive() {
			shares = append(shares, SlashShare{Recipient: recipient, Role: role, Amount: each})
		}
	}
	return shares
}

// upTo pays shares in full, or in proportion where they are more than the amount.
func upTo(amount math.Int, due []SlashShare) []SlashShare {
	total := sumOf(due)
	var shares []SlashShare
	for _, share := range due {
		if total.GT(amount) {
			share.Amount = share.Amount.Mul(amount).Quo(total)
		}
		if share.Amount.IsPositive() {
			shares = append(shares, share)
		}
	}
	return shares
}

func sumOf(shares []SlashShare) math.Int {
	sum := math.ZeroInt()
	for _, share := range shares {
		sum = sum.Add(share.Amount)
	}
	return sum
}
