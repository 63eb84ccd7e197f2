package types

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"io"
	"unicode/utf8"

	"github.com/dmcn/dmcn/chain/protocol"
)

// wasmHeader is the magic number of a WebAssembly module and its version 1.
var wasmHeader = []byte{0, 'a', 's', 'm', 1, 0, 0, 0}

// Inflate returns the raw bytes of a gzipped task module. It returns ErrModuleTooLarge above MaxModuleWire gzipped or
// MaxModuleSize raw, having inflated no more than one byte past that, and ErrInvalidModule for what is not exactly one
// gzip member with a WebAssembly module in it. Whether the module keeps to the execution profile is left to clients
// and workers: one that does not gives INVALID_MODULE in each unit.
func Inflate(code []byte) ([]byte, error) {
	if len(code) > MaxModuleWire {
		return nil, ErrModuleTooLarge.Wrapf("%d bytes gzipped, at most %d", len(code), MaxModuleWire)
	}
	wire := bytes.NewReader(code)
	zipped, err := gzip.NewReader(wire)
	if err != nil {
		return nil, ErrInvalidModule.Wrapf("not gzip: %s", err)
	}
	zipped.Multistream(false)
	raw, err := io.ReadAll(io.LimitReader(zipped, MaxModuleSize+1))
	switch {
	case err != nil:
		return nil, ErrInvalidModule.Wrapf("not gzip: %s", err)
	case len(raw) > MaxModuleSize:
		return nil, ErrModuleTooLarge.Wrapf("more than %d bytes raw", MaxModuleSize)
	case wire.Len() != 0:
		return nil, ErrInvalidModule.Wrapf("%d bytes behind the gzip member", wire.Len())
	case !bytes.HasPrefix(raw, wasmHeader):
		return nil, ErrInvalidModule.Wrap("not a WebAssembly module of version 1")
	}
	return raw, nil
}

// ModuleID is the SHA-256 of a module's raw bytes.
func ModuleID(raw []byte) []byte {
	hash := sha256.Sum256(raw)
	return hash[:]
}

// CheckModuleTerms returns ErrInvalidModule for a royalty or a label that cannot be taken.
func CheckModuleTerms(royaltyBps uint32, name string) error {
	if royaltyBps > protocol.MaxRoyaltyBps {
		return ErrInvalidModule.Wrapf("royalty of %d basis points, at most %d", royaltyBps, protocol.MaxRoyaltyBps)
	}
	if len(name) > MaxModuleName || !utf8.ValidString(name) {
		return ErrInvalidModule.Wrapf("the name is no text of at most %d bytes", MaxModuleName)
	}
	return nil
}
