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
		&MsgPostAudit{}, &MsgShowKey{}, &MsgChallenge{}, &MsgPostInput{}, &MsgRegisterReferee{}, &MsgCommitVote{},
		&MsgRevealVote{}, &MsgUpdateParams{},
	)
	msgservice.RegisterMsgServiceDesc(registry, &_Msg_serviceDesc)
}

// RegisterLegacyAminoCodec makes the module's messages known to the legacy JSON sign mode.
func RegisterLegacyAminoCodec(cdc *codec.LegacyAmino) {
	cdc.RegisterConcrete(Params{}, "dmcn/x/audit/Params", nil)
	legacy.RegisterAminoMsg(cdc, &MsgPostAudit{}, "dmcn/audit/MsgPostAudit")
	legacy.RegisterAminoMsg(cdc, &MsgShowKey{}, "dmcn/audit/MsgShowKey")
	legacy.RegisterAminoMsg(cdc, &MsgChallenge{}, "dmcn/audit/MsgChallenge")
	legacy.RegisterAminoMsg(cdc, &MsgPostInput{}, "dmcn/audit/MsgPostInput")
	legacy.RegisterAminoMsg(cdc, &MsgRegisterReferee{}, "dmcn/audit/MsgRegisterReferee")
	legacy.RegisterAminoMsg(cdc, &MsgCommitVote{}, "dmcn/audit/MsgCommitVote")
	legacy.RegisterAminoMsg(cdc, &MsgRevealVote{}, "dmcn/audit/MsgRevealVote")
	legacy.RegisterAminoMsg(cdc, &MsgUpdateParams{}, "dmcn/audit/MsgUpdateParams")
}
