package wazero

import (
	"runtime/debug"
	_ "unsafe" // for go:linkname
)

const (
	mostFrames  = 1 << 20
	mostGoStack = 8 << 30
)

// callStackCeiling is how many frames wazero's interpreter allows; it has no option for it, and its 2,000 are fewer
// than the profile's stack counter accepts. The compiler allows 400 MB.
//
//go:linkname callStackCeiling github.com/tetratelabs/wazero/internal/engine/interpreter.callStackCeiling
var callStackCeiling int

func deepenStacks() {
	callStackCeiling = mostFrames
	debug.SetMaxStack(mostGoStack)
}
