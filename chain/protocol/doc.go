// Package protocol is the pure part of the network's rules: the encodings of leaves and commitments,
// Merkle roots and proofs, the randomness of a purpose, batch arithmetic and the sums of money.
//
// It keeps no state and reads no clock, and nothing in it panics on values that came from outside.
// The TypeScript package @dmcn/protocol computes the same bytes; both run the cases in
// protocol/testvectors. Accounts are 20 raw bytes and integers are big-endian throughout.
package protocol
