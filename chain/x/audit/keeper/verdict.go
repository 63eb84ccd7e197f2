package keeper

import (
	"context"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/protocol"
	"github.com/dmcn/dmcn/chain/x/audit/types"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

// sides are the audits of a batch that posted about a disputed unit.
type sides struct{ right, wrong []types.Audit }

// names are the owners of audits.
func names(audits []types.Audit) []string {
	var owners []string
	for _, a := range audits {
		owners = append(owners, a.Auditor)
	}
	return owners
}

// loseAgainst takes the deposits of those that a verdict for the worker refuted: the challenger's, and those of auditors. The worker has its
// half of what the referees leave.
func (k Keeper) loseAgainst(ctx context.Context, batch tasktypes.Batch, d types.Dispute) error {
	s, due, err := k.ruling(ctx, batch, d)
	if err != nil {
		return err
	}
	worker := []string{batch.Lease.Worker}
	if d.Deposit.IsPositive() {
		if err := k.deposits.MayPay(ctx); err != nil {
			return err
		}
		loss := workertypes.Loss{
			Kind: workertypes.SLASH_KIND_CHALLENGE, Owner: d.Poster, Amount: d.Deposit, Ref: refOfBatch(batch),
			Shares: workertypes.DepositShares(d.Deposit, due, worker),
		}
		if _, err := k.workers.HoldDeposit(ctx, types.DepositAccount, loss); err != nil {
			return err
		}
		if due, err = k.paidReferees(ctx, d, due, loss.Shares); err != nil {
			return err
		}
	}
	return k.loseAudits(ctx, d, s.wrong, due, worker)
}

// forfeit takes the bond of a batch of which a unit was refuted, and the deposits of auditors whose leaf of that unit is not the verdict's: they
// matched the worker's, or had a third. The provers are the drawn auditors that were right, or else the challenger, who gets the batch's
// price at most.
func (k Keeper) forfeit(ctx context.Context, job tasktypes.Job, batch tasktypes.Batch, e tasktypes.ForfeitBond) error {
	d, err := k.Dispute(ctx, e.Unit.DisputeId)
	if err != nil {
		return err
	}
	s, due, err := k.ruling(ctx, batch, d)
	if err != nil {
		return err
	}
	claims := workertypes.Claims{Provers: names(s.right), Requester: job.Requester, RequesterCap: job.Funded, Referees: due}
	if len(s.right) == 0 && d.Cause == types.DISPUTE_CAUSE_CHALLENGE {
		price, err := types.Price(job, batch)
		if err != nil {
			return err
		}
		claims.Provers, claims.ProverCap = []string{d.Poster}, &price
	}
	if e.Amount.IsPositive() {
		params, err := k.workers.Params(ctx)
		if err != nil {
			return err
		}
		loss := workertypes.Loss{
			Kind: workertypes.SLASH_KIND_LEAF, Owner: e.Worker, Amount: e.Amount, Ref: refOfBatch(batch),
			Shares: params.LockShares(e.Amount, claims),
		}
		if _, err := k.workers.Forfeit(ctx, loss); err != nil {
			return err
		}
		if due, err = k.paidReferees(ctx, d, due, loss.Shares); err != nil {
			return err
		}
	}
	return k.loseAudits(ctx, d, s.wrong, due, claims.Provers)
}

// loseAudits takes the deposits of audits that a verdict refuted. What the referees leave goes to the opponents by half, and is burned where
// there are none.
func (k Keeper) loseAudits(ctx context.Context, d types.Dispute, wrong []types.Audit, due types.Due, opponents []string) error {
	for _, a := range wrong {
		loss := workertypes.Loss{
			Kind: workertypes.SLASH_KIND_AUDIT, Owner: a.Auditor, Amount: a.Deposit, Ref: refOf(a),
			Shares: workertypes.DepositShares(a.Deposit, due, opponents),
		}
		if _, err := k.workers.Forfeit(ctx, loss); err != nil {
			return err
		}
		var err error
		if due, err = k.paidReferees(ctx, d, due, loss.Shares); err != nil {
			return err
		}
		if err := k.endAudit(ctx, a, true); err != nil {
			return err
		}
	}
	return nil
}

// ruling is what the votes of a dispute mean for the audits of its batch, and for the referees.
func (k Keeper) ruling(ctx context.Context, batch tasktypes.Batch, d types.Dispute) (s sides, due types.Due, err error) {
	params, err := k.params.Get(ctx)
	if err != nil {
		return s, nil, err
	}
	votes, err := k.votesOf(ctx, d.Id)
	if err != nil {
		return s, nil, err
	}
	verdict, ok := d.Majority(votes)
	if !ok {
		return s, nil, types.ErrInvariant.Wrapf("%s has no verdict", d.Label())
	}
	if due, err = types.NewDue(params.RefereeCost, votes, verdict, k.refereePaidAt); err != nil {
		return s, nil, err
	}
	audits, err := k.auditsOf(ctx, batch)
	if err != nil {
		return s, nil, err
	}
	for _, a := range audits {
		side, err := k.sideOf(a, verdict)
		if err != nil {
			return s, nil, err
		}
		switch side {
		case types.SideRight:
			s.right = append(s.right, a)
		case types.SideWrong:
			s.wrong = append(s.wrong, a)
		}
	}
	return s, due, nil
}

func (k Keeper) sideOf(a types.Audit, verdict tasktypes.Leaf) (types.Side, error) {
	if !a.Posted() {
		return types.SideNone, nil
	}
	owner, err := k.account(a.Auditor)
	if err != nil {
		return types.SideNone, err
	}
	auditor, err := protocol.AccountFromBytes(owner)
	if err != nil {
		return types.SideNone, err
	}
	return a.SideOf(auditor, verdict)
}

// refereePaidAt is where a validator is paid for its referee: its operator's account.
func (k Keeper) refereePaidAt(validator string) (string, error) {
	operator, err := k.validator(validator)
	if err != nil {
		return "", err
	}
	return k.accounts.AddressCodec().BytesToString(operator)
}

// paidReferees tells what referees get out of a lost amount, and returns what they are still due.
func (k Keeper) paidReferees(
	ctx context.Context, d types.Dispute, due types.Due, shares []workertypes.SlashShare,
) (types.Due, error) {
	for _, share := range shares {
		if share.Role != workertypes.SLASH_ROLE_REFEREE {
			continue
		}
		account, err := k.account(share.Recipient)
		if err != nil {
			return nil, err
		}
		name, err := k.validatorName(sdk.ValAddress(account))
		if err != nil {
			return nil, err
		}
		event := types.EventRefereePaid{DisputeId: d.Id, Validator: name, Account: share.Recipient, Amount: share.Amount.String()}
		if err := emit(ctx, &event); err != nil {
			return nil, err
		}
	}
	return due.Less(shares), nil
}

func refOfBatch(b tasktypes.Batch) workertypes.BatchRef {
	return workertypes.BatchRef{JobID: b.JobId, Batch: b.Index, Epoch: b.Epoch}
}
