// Package crowd has no code of its own: its tests and benchmarks show that what the chain does for one batch costs the
// same however many workers are registered.
package crowd
