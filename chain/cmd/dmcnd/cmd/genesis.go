package cmd

import (
	"github.com/spf13/cobra"

	genutilcli "github.com/cosmos/cosmos-sdk/x/genutil/client/cli"

	"github.com/dmcn/dmcn/chain/app"
)

// genesisCmd groups the commands that prepare a genesis.
func genesisCmd(template *app.App) *cobra.Command {
	return genutilcli.Commands(template.TxConfig(), template.BasicManager, app.DefaultNodeHome)
}
