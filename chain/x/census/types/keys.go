// Package types holds what x/census tells, and how it reads it from the modules of the SDK.
package types

// ModuleName is the name of the module.
const ModuleName = "census"
