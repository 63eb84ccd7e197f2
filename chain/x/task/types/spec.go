package types

import (
	"slices"
	"strings"
	"unicode/utf8"

	"cosmossdk.io/math"

	"github.com/dmcn/dmcn/chain/protocol"
)

// Validate returns ErrInvalidJob or ErrSealedUnsupported for the first thing about a job that cannot be taken at a
// height. Whether its module exists, and whether its requester can fund it, is not looked at.
func (s JobSpec) Validate(p Params, height int64) error {
	if s.Mode == MODE_SEALED {
		return ErrSealedUnsupported.Wrap("choose public: the inputs can then be read by anyone who knows their hash")
	}
	for _, check := range []func() error{
		s.checkForm,
		s.checkArgs,
		func() error { return s.checkLimits(p) },
		s.checkAssurance,
		func() error { return CheckLocators(s.Locators) },
		s.checkFeatures,
		func() error { return s.checkDeadline(p, height) },
	} {
		if err := check(); err != nil {
			return ErrInvalidJob.Wrap(err.Error())
		}
	}
	return nil
}

// EscrowTerms are the terms that decide the job's escrow.
func (s JobSpec) EscrowTerms(royaltyBps, feeBps uint32, auditFloor math.Int) protocol.EscrowTerms {
	return protocol.EscrowTerms{
		Units:      s.Units,
		BatchSize:  s.BatchSize,
		GasLimit:   s.GasLimit,
		MaxPrice:   s.MaxPrice,
		RoyaltyBps: royaltyBps,
		FeeBps:     feeBps,
		Auditors:   s.Assurance.Auditors,
		Samples:    s.Assurance.Samples,
		AuditFloor: auditFloor,
	}
}

func (s JobSpec) checkForm() error {
	if s.Mode != MODE_PUBLIC {
		return problem("mode %s, want MODE_PUBLIC", s.Mode)
	}
	if _, err := protocol.BatchCount(s.Units, s.BatchSize); err != nil {
		return err
	}
	for _, h := range []struct {
		name  string
		value []byte
	}{{"module_id", s.ModuleId}, {"input_root", s.InputRoot}, {"input_index", s.InputIndex}} {
		if len(h.value) != protocol.HashLength {
			return problem("%s has %d bytes, want %d", h.name, len(h.value), protocol.HashLength)
		}
	}
	if len(s.EncryptionKey) != EncryptionKeyLength {
		return problem("encryption_key has %d bytes, want an X25519 public key of %d", len(s.EncryptionKey), EncryptionKeyLength)
	}
	return nil
}

func (s JobSpec) checkArgs() error {
	size := 0
	for i, a := range s.Args {
		if !utf8.ValidString(a) || strings.ContainsRune(a, 0) {
			return problem("argument %d is not text", i)
		}
		size += len(a) + 1
	}
	if size > MaxArgs {
		return problem("arguments take %d bytes with their zero bytes, at most %d", size, MaxArgs)
	}
	return nil
}

func (s JobSpec) checkLimits(p Params) error {
	switch {
	case s.GasLimit == 0 || s.GasLimit > p.MaxGasLimit:
		return problem("gas_limit %d, want 1 to %d", s.GasLimit, p.MaxGasLimit)
	case s.MemoryLimit < MinMemory || s.MemoryLimit > MaxMemory:
		return problem("memory_limit %d bytes, want %d to %d", s.MemoryLimit, MinMemory, MaxMemory)
	case s.MaxPrice.IsNil() || s.MaxPrice.LT(p.MinPrice) || s.MaxPrice.BigInt().BitLen() > 64:
		return problem("max_price %s udmc per 10^9 gas, want %s to 2^64-1", s.MaxPrice, p.MinPrice)
	}
	return nil
}

func (s JobSpec) checkAssurance() error {
	a := s.Assurance
	switch {
	case !slices.Contains([]uint32{2_000, 5_000, 10_000}, a.AuditBps):
		return problem("audit_bps %d, want 2000, 5000 or 10000", a.AuditBps)
	case a.Auditors < 1 || a.Auditors > MaxAuditors:
		return problem("%d auditors, want 1 to %d", a.Auditors, MaxAuditors)
	case a.Samples < 1 || a.Samples > s.BatchSize:
		return problem("%d samples, want 1 to the batch size %d", a.Samples, s.BatchSize)
	}
	return nil
}

func (s JobSpec) checkFeatures() error {
	if len(s.Features) > MaxFeatures {
		return problem("%d features, at most %d", len(s.Features), MaxFeatures)
	}
	for i, f := range s.Features {
		if f == "" || len(f) > MaxFeature || !utf8.ValidString(f) {
			return problem("feature %d is no name of 1 to %d bytes", i, MaxFeature)
		}
		if slices.Contains(s.Features[:i], f) {
			return problem("feature %q is named twice", f)
		}
	}
	return nil
}

func (s JobSpec) checkDeadline(p Params, height int64) error {
	if s.Deadline <= height || s.Deadline > height+p.MaxDeadline {
		return problem("deadline %d, want a height from %d to %d", s.Deadline, height+1, height+p.MaxDeadline)
	}
	return nil
}
