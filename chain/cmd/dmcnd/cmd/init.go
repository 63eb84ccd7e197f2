package cmd

import (
	"github.com/spf13/cobra"

	genutilcli "github.com/cosmos/cosmos-sdk/x/genutil/client/cli"

	"github.com/dmcn/dmcn/chain/app"
)

// initCmd makes a node's home: configuration, keys and a default genesis.
func initCmd(template *app.App) *cobra.Command {
	return genutilcli.InitCmd(template.BasicManager, app.DefaultNodeHome)
}
