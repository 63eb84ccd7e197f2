// Package types holds the beacon's names, messages, parameters and its pure rules.
package types

import "cosmossdk.io/collections"

const (
	// ModuleName is the name of the module.
	ModuleName = "beacon"
	// StoreKey is the name of its store.
	StoreKey = ModuleName
)

// Prefixes of the module's store.
var (
	ParamsPrefix = collections.NewPrefix(0)
	KeysPrefix   = collections.NewPrefix(1)
	LatestPrefix = collections.NewPrefix(2)
	PastPrefix   = collections.NewPrefix(3)
)
