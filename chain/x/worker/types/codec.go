package types

import (
	"github.com/cosmos/cosmos-sdk/codec"
	"github.com/cosmos/cosmos-sdk/codec/legacy"
	"github.com/cosmos/cosmos-sdk/codec/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/msgservice"
)

// RegisterLegacyAminoCodec registers the messages for the legacy JSON sign mode, which hardware wallets use.
func RegisterLegacyAminoCodec(cdc *codec.LegacyAmino) {
	cdc.RegisterConcrete(Params{}, "dmcn/x/worker/Params", nil)
	legacy.RegisterAminoMsg(cdc, &MsgRegister{}, "dmcn/worker/MsgRegister")
	legacy.RegisterAminoMsg(cdc, &MsgUpdate{}, "dmcn/worker/MsgUpdate")
	legacy.RegisterAminoMsg(cdc, &MsgPause{}, "dmcn/worker/MsgPause")
	legacy.RegisterAminoMsg(cdc, &MsgResume{}, "dmcn/worker/MsgResume")
	legacy.RegisterAminoMsg(cdc, &MsgBond{}, "dmcn/worker/MsgBond")
	legacy.RegisterAminoMsg(cdc, &MsgWithdraw{}, "dmcn/worker/MsgWithdraw")
	legacy.RegisterAminoMsg(cdc, &MsgReverseSlash{}, "dmcn/worker/MsgReverseSlash")
	legacy.RegisterAminoMsg(cdc, &MsgUpdateParams{}, "dmcn/worker/MsgUpdateParams")
}

// RegisterInterfaces makes the messages known to the codec.
func RegisterInterfaces(registry types.InterfaceRegistry) {
	registry.RegisterImplementations((*sdk.Msg)(nil),
		&MsgRegister{}, &MsgUpdate{}, &MsgPause{}, &MsgResume{}, &MsgBond{}, &MsgWithdraw{}, &MsgReverseSlash{}, &MsgUpdateParams{},
	)
	msgservice.RegisterMsgServiceDesc(registry, &_Msg_serviceDesc)
}
