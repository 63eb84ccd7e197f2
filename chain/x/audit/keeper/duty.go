package keeper

import (
	"context"

	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/x/authz"

	"github.com/dmcn/dmcn/chain/x/audit/types"
)

// IsDuty tells whether a message does what the chain waits for under a deadline: a drawn auditor posts, a validator with power in a dispute
// votes, by itself or through its referee, or somebody has the input that a batch waits for.
func (k Keeper) IsDuty(ctx context.Context, msg sdk.Msg) bool {
	switch m := msg.(type) {
	case *types.MsgPostAudit:
		return k.awaitsAudit(ctx, m)
	case *types.MsgPostInput:
		job, batch, err := k.tasks.Epoch(ctx, m.JobId, m.Batch, m.Epoch)
		return err == nil && m.Check(job, batch) == nil
	case *types.MsgCommitVote, *types.MsgRevealVote:
		return k.awaitsVote(ctx, msg)
	case *authz.MsgExec:
		return k.isRefereesDuty(ctx, m)
	}
	return false
}

func (k Keeper) awaitsAudit(ctx context.Context, post *types.MsgPostAudit) bool {
	operator, err := k.account(post.Operator)
	if err != nil {
		return false
	}
	worker, err := k.workers.ByOperator(ctx, operator)
	if err != nil {
		return false
	}
	a, err := k.Audit(ctx, post.JobId, post.Batch, post.Epoch, post.Index)
	return err == nil && post.Check(a, worker.Owner, height(ctx)) == nil
}

// awaitsVote tells whether a vote would count now.
func (k Keeper) awaitsVote(ctx context.Context, msg sdk.Msg) bool {
	cached, _ := sdk.UnwrapSDKContext(ctx).CacheContext()
	switch m := msg.(type) {
	case *types.MsgCommitVote:
		operator, err := k.account(m.Operator)
		return err == nil && k.CommitVote(cached, operator, m) == nil
	case *types.MsgRevealVote:
		operator, err := k.account(m.Operator)
		return err == nil && k.RevealVote(cached, operator, m) == nil
	}
	return false
}

// isRefereesDuty tells whether all that an account sends for others are votes of the validator whose referee it is.
func (k Keeper) isRefereesDuty(ctx context.Context, exec *authz.MsgExec) bool {
	msgs, err := exec.GetMessages()
	if err != nil || len(msgs) == 0 {
		return false
	}
	grantee, err := k.account(exec.Grantee)
	if err != nil {
		return false
	}
	validator, err := k.refereeOf.Get(ctx, grantee)
	if err != nil {
		return false
	}
	for _, msg := range msgs {
		operator, ok := voterOf(msg)
		if !ok {
			return false
		}
		account, err := k.account(operator)
		if err != nil || string(account) != string(validator) || !k.awaitsVote(ctx, msg) {
			return false
		}
	}
	return true
}

// voterOf returns the operator that votes with a message.
func voterOf(msg sdk.Msg) (operator string, ok bool) {
	switch m := msg.(type) {
	case *types.MsgCommitVote:
		return m.Operator, true
	case *types.MsgRevealVote:
		return m.Operator, true
	}
	return "", false
}
