package app

import (
	"slices"

	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	distrtypes "github.com/cosmos/cosmos-sdk/x/distribution/types"
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types"
	minttypes "github.com/cosmos/cosmos-sdk/x/mint/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	audittypes "github.com/dmcn/dmcn/chain/x/audit/types"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
	workertypes "github.com/dmcn/dmcn/chain/x/worker/types"
)

// moduleAccounts maps each account owned by a module to its permissions.
var moduleAccounts = map[string][]string{
	authtypes.FeeCollectorName:          nil,
	distrtypes.ModuleName:               nil,
	minttypes.ModuleName:                {authtypes.Minter},
	stakingtypes.BondedPoolName:         {authtypes.Burner, authtypes.Staking},
	stakingtypes.NotBondedPoolName:      {authtypes.Burner, authtypes.Staking},
	stakingtypes.KeyRotationFeePoolName: {authtypes.Burner},
	govtypes.ModuleName:                 {authtypes.Burner},
	workertypes.BondAccount:             nil,
	workertypes.HoldAccount:             {authtypes.Burner},
	tasktypes.EscrowAccount:             nil,
	tasktypes.DepositAccount:            nil,
	audittypes.DepositAccount:           nil,
}

// fillable are the module accounts that anyone can send coins to: governance, and those that owe to people, whose
// payouts are paused while they hold too little, until somebody fills them up.
var fillable = []string{
	govtypes.ModuleName, workertypes.BondAccount, workertypes.HoldAccount, tasktypes.EscrowAccount, tasktypes.DepositAccount,
	audittypes.DepositAccount,
}

// blockedAddresses are the module accounts that nobody can send coins to.
func blockedAddresses() map[string]bool {
	blocked := make(map[string]bool, len(moduleAccounts))
	for name := range moduleAccounts {
		blocked[authtypes.NewModuleAddress(name).String()] = !slices.Contains(fillable, name)
	}
	return blocked
}

// authority is the account that may change parameters: governance.
func authority() string {
	return authtypes.NewModuleAddress(govtypes.ModuleName).String()
}
