package types

// maxHistory bounds the number of kept seeds, and with it the state.
const maxHistory = 1_000_000

// DefaultParams are the parameters of a public network.
func DefaultParams() Params { return Params{KeyDelay: 1_000, History: 1_000} }

// DevnetParams are the parameters of a network for development and tests.
func DevnetParams() Params { return Params{KeyDelay: 8, History: 1_000} }

// Validate checks the ranges of the parameters.
func (p Params) Validate() error {
	if p.KeyDelay < 1 {
		return ErrInvalidParams.Wrapf("key_delay is %d, it must be at least 1 block", p.KeyDelay)
	}
	if p.History < 1 || p.History > maxHistory {
		return ErrInvalidParams.Wrapf("history is %d, it must be between 1 and %d seeds", p.History, maxHistory)
	}
	return nil
}
