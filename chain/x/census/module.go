// Package census tells by typed events what the SDK's modules keep silent about: validators with their stake, the supply
// that a genesis brought, and proposals with their tally. It has no state, so that a genesis knows nothing of it.
package census

import (
	"context"

	gwruntime "github.com/grpc-ecosystem/grpc-gateway/runtime"

	"cosmossdk.io/core/appmodule"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/codec"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	"github.com/cosmos/cosmos-sdk/types/module"

	"github.com/dmcn/dmcn/chain/x/census/keeper"
	"github.com/dmcn/dmcn/chain/x/census/types"
)

var (
	_ module.AppModuleBasic     = AppModule{}
	_ appmodule.AppModule       = AppModule{}
	_ appmodule.HasBeginBlocker = AppModule{}
	_ appmodule.HasEndBlocker   = AppModule{}
)

// AppModule is x/census. Its block begins before all others and ends after them.
type AppModule struct{ keeper keeper.Keeper }

// NewAppModule returns the module over its keeper.
func NewAppModule(k keeper.Keeper) AppModule { return AppModule{k} }

// Name is the module's name.
func (AppModule) Name() string { return types.ModuleName }

// ConsensusVersion grows with each change of the stored state, of which there is none.
func (AppModule) ConsensusVersion() uint64 { return 1 }

// IsOnePerModuleType marks the module for the SDK.
func (AppModule) IsOnePerModuleType() {}

// IsAppModule marks the module for the SDK.
func (AppModule) IsAppModule() {}

// RegisterInterfaces has no messages to make known.
func (AppModule) RegisterInterfaces(codectypes.InterfaceRegistry) {}

// RegisterLegacyAminoCodec has no messages to make known.
func (AppModule) RegisterLegacyAminoCodec(*codec.LegacyAmino) {}

// RegisterGRPCGatewayRoutes has no routes to add.
func (AppModule) RegisterGRPCGatewayRoutes(client.Context, *gwruntime.ServeMux) {}

// BeginBlock remembers what the block may change.
func (am AppModule) BeginBlock(ctx context.Context) error { return am.keeper.BeginBlock(ctx) }

// EndBlock tells what it changed.
func (am AppModule) EndBlock(ctx context.Context) error { return am.keeper.EndBlock(ctx) }
