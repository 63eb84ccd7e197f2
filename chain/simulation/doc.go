// Package simulation runs the whole application under random transactions of many actors, and checks the invariants of
// the protocol after every block. Everything in it is a test; docs/runbooks/simulation-failure.md tells what to do when
// one of them fails.
package simulation
