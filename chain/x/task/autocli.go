package task

import autocliv1 "cosmossdk.io/api/cosmos/autocli/v1"

// AutoCLIOptions leaves out the one message whose field `output` would hide the flag of that name.
func (AppModule) AutoCLIOptions() *autocliv1.ModuleOptions {
	return &autocliv1.ModuleOptions{
		Query: &autocliv1.ServiceCommandDescriptor{Service: "dmcn.task.v1.Query"},
		Tx: &autocliv1.ServiceCommandDescriptor{
			Service:           "dmcn.task.v1.Msg",
			RpcCommandOptions: []*autocliv1.RpcCommandOptions{{RpcMethod: "PostOutput", Skip: true}},
		},
	}
}
