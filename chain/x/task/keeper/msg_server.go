package keeper

import (
	"context"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/dmcn/dmcn/chain/x/task/types"
)

type msgServer struct{ k Keeper }

// NewMsgServer returns the module's messages over its keeper.
func NewMsgServer(k Keeper) types.MsgServer { return msgServer{k} }

func (s msgServer) StoreModule(ctx context.Context, msg *types.MsgStoreModule) (*types.MsgStoreModuleResponse, error) {
	id, err := s.k.StoreModule(ctx, msg)
	return respond(&types.MsgStoreModuleResponse{ModuleId: id}, err)
}

func (s msgServer) RemoveModule(ctx context.Context, msg *types.MsgRemoveModule) (*types.MsgRemoveModuleResponse, error) {
	return signed(s.k, msg.Author, &types.MsgRemoveModuleResponse{}, func(author sdk.AccAddress) error {
		return s.k.RemoveModule(ctx, author, msg.ModuleId)
	})
}

func (s msgServer) SubmitJob(ctx context.Context, msg *types.MsgSubmitJob) (*types.MsgSubmitJobResponse, error) {
	requester, err := s.k.account(msg.Requester)
	if err != nil {
		return nil, err
	}
	job, err := s.k.SubmitJob(ctx, requester, msg)
	return respond(&types.MsgSubmitJobResponse{JobId: job.Id, Escrow: job.Funded}, err)
}

func (s msgServer) CancelJob(ctx context.Context, msg *types.MsgCancelJob) (*types.MsgCancelJobResponse, error) {
	return signed(s.k, msg.Requester, &types.MsgCancelJobResponse{}, func(requester sdk.AccAddress) error {
		return s.k.CancelJob(ctx, requester, msg.JobId)
	})
}

func (s msgServer) ConfirmInputs(
	ctx context.Context, msg *types.MsgConfirmInputs,
) (*types.MsgConfirmInputsResponse, error) {
	return signed(s.k, msg.Requester, &types.MsgConfirmInputsResponse{}, func(requester sdk.AccAddress) error {
		return s.k.ConfirmInputs(ctx, requester, msg.JobId, msg.Locators)
	})
}

func (s msgServer) AcceptOffer(ctx context.Context, msg *types.MsgAcceptOffer) (*types.MsgAcceptOfferResponse, error) {
	return signed(s.k, msg.Operator, &types.MsgAcceptOfferResponse{}, func(operator sdk.AccAddress) error {
		return s.k.AcceptOffer(ctx, operator, msg)
	})
}

func (s msgServer) Commit(ctx context.Context, msg *types.MsgCommit) (*types.MsgCommitResponse, error) {
	return signed(s.k, msg.Operator, &types.MsgCommitResponse{}, func(operator sdk.AccAddress) error {
		return s.k.Commit(ctx, operator, msg)
	})
}

func (s msgServer) Open(ctx context.Context, msg *types.MsgOpen) (*types.MsgOpenResponse, error) {
	return signed(s.k, msg.Opener, &types.MsgOpenResponse{}, func(sdk.AccAddress) error {
		return s.k.Open(ctx, msg)
	})
}

func (s msgServer) ReportMissingInput(
	ctx context.Context, msg *types.MsgReportMissingInput,
) (*types.MsgReportMissingInputResponse, error) {
	return signed(s.k, msg.Operator, &types.MsgReportMissingInputResponse{}, func(operator sdk.AccAddress) error {
		return s.k.ReportMissingInput(ctx, operator, msg)
	})
}

func (s msgServer) AcceptBatch(ctx context.Context, msg *types.MsgAcceptBatch) (*types.MsgAcceptBatchResponse, error) {
	return signed(s.k, msg.Requester, &types.MsgAcceptBatchResponse{}, func(requester sdk.AccAddress) error {
		return s.k.AcceptBatch(ctx, requester, msg)
	})
}

func (s msgServer) DemandOutput(
	ctx context.Context, msg *types.MsgDemandOutput,
) (*types.MsgDemandOutputResponse, error) {
	return signed(s.k, msg.Requester, &types.MsgDemandOutputResponse{}, func(requester sdk.AccAddress) error {
		return s.k.DemandOutput(ctx, requester, msg)
	})
}

func (s msgServer) PostOutput(ctx context.Context, msg *types.MsgPostOutput) (*types.MsgPostOutputResponse, error) {
	return signed(s.k, msg.Poster, &types.MsgPostOutputResponse{}, func(sdk.AccAddress) error {
		return s.k.PostOutput(ctx, msg)
	})
}

func (s msgServer) UpdateParams(
	ctx context.Context, msg *types.MsgUpdateParams,
) (*types.MsgUpdateParamsResponse, error) {
	if msg.Authority != s.k.authority {
		return nil, types.ErrUnauthorized.Wrapf("%s is not the authority %s", msg.Authority, s.k.authority)
	}
	return respond(&types.MsgUpdateParamsResponse{}, s.k.UpdateParams(ctx, msg.Params))
}

// signed decodes a signer and hands it on.
func signed[R any](k Keeper, signer string, response *R, handle func(sdk.AccAddress) error) (*R, error) {
	account, err := k.account(signer)
	if err != nil {
		return nil, err
	}
	return respond(response, handle(account))
}

func respond[R any](response *R, err error) (*R, error) {
	if err != nil {
		return nil, err
	}
	return response, nil
}
