// Command dmcnd is the node of the chain and the tool of its operators.
package main

import (
	"os"

	svrcmd "github.com/cosmos/cosmos-sdk/server/cmd"

	"github.com/dmcn/dmcn/chain/app"
	"github.com/dmcn/dmcn/chain/cmd/dmcnd/cmd"
)

func main() {
	if err := svrcmd.Execute(cmd.NewRootCmd(), "DMCND", app.DefaultNodeHome); err != nil {
		os.Exit(1)
	}
}
