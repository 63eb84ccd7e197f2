package types

import (
	"github.com/cosmos/cosmos-sdk/codec"
	"github.com/cosmos/cosmos-sdk/codec/legacy"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/msgservice"
)

// RegisterInterfaces makes the module's messages known to the codec.
func RegisterInterfaces(registry codectypes.InterfaceRegistry) {
	registry.RegisterImplementations((*sdk.Msg)(nil),
		&MsgStoreModule{}, &MsgRemoveModule{}, &MsgSubmitJob{}, &MsgCancelJob{}, &MsgConfirmInputs{}, &MsgAcceptOffer{},
		&MsgCommit{}, &MsgOpen{}, &MsgReportMissingInput{}, &MsgAcceptBatch{}, &MsgDemandOutput{}, &MsgPostOutput{},
		&MsgUpdateParams{},
	)
	msgservice.RegisterMsgServiceDesc(registry, &_Msg_serviceDesc)
}

// RegisterLegacyAminoCodec makes the module's messages known to the legacy JSON sign mode.
func RegisterLegacyAminoCodec(cdc *codec.LegacyAmino) {
	cdc.RegisterConcrete(Params{}, "dmcn/x/task/Params", nil)
	legacy.RegisterAminoMsg(cdc, &MsgStoreModule{}, "dmcn/task/MsgStoreModule")
	legacy.RegisterAminoMsg(cdc, &MsgRemoveModule{}, "dmcn/task/MsgRemoveModule")
	legacy.RegisterAminoMsg(cdc, &MsgSubmitJob{}, "dmcn/task/MsgSubmitJob")
	legacy.RegisterAminoMsg(cdc, &MsgCancelJob{}, "dmcn/task/MsgCancelJob")
	legacy.RegisterAminoMsg(cdc, &MsgConfirmInputs{}, "dmcn/task/MsgConfirmInputs")
	legacy.RegisterAminoMsg(cdc, &MsgAcceptOffer{}, "dmcn/task/MsgAcceptOffer")
	legacy.RegisterAminoMsg(cdc, &MsgCommit{}, "dmcn/task/MsgCommit")
	legacy.RegisterAminoMsg(cdc, &MsgOpen{}, "dmcn/task/MsgOpen")
	legacy.RegisterAminoMsg(cdc, &MsgReportMissingInput{}, "dmcn/task/MsgReportMissingInput")
	legacy.RegisterAminoMsg(cdc, &MsgAcceptBatch{}, "dmcn/task/MsgAcceptBatch")
	legacy.RegisterAminoMsg(cdc, &MsgDemandOutput{}, "dmcn/task/MsgDemandOutput")
	legacy.RegisterAminoMsg(cdc, &MsgPostOutput{}, "dmcn/task/MsgPostOutput")
	legacy.RegisterAminoMsg(cdc, &MsgUpdateParams{}, "dmcn/task/MsgUpdateParams")
}
