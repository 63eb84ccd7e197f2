package vrf

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// ErrNoKey tells that a key file does not hold the secret of a public key.
var ErrNoKey = errors.New("no such VRF key")

// KeyFile is a file with a validator's secret keys, oldest first. While a key is being rotated it holds both.
type KeyFile struct {
	path string
}

// NewKeyFile names the key file at path, which need not exist yet.
func NewKeyFile(path string) KeyFile { return KeyFile{path} }

// KeyFileIn names the key file of a node's home.
func KeyFileIn(home string) KeyFile { return KeyFile{filepath.Join(home, "config", "vrf_key.json")} }

// Path is where the file is.
func (f KeyFile) Path() string { return f.path }

type keyFileContent struct {
	Keys []keyFileEntry `json:"keys"`
}

type keyFileEntry struct {
	PublicKey []byte `json:"public_key"`
	Secret    []byte `json:"secret"`
}

// Keys reads all keys. A missing file gives an error that wraps fs.ErrNotExist.
func (f KeyFile) Keys() ([]Key, error) {
	raw, err := os.ReadFile(f.path)
	if err != nil {
		return nil, fmt.Errorf("read the VRF key file: %w", err)
	}
	var content keyFileContent
	if err := json.Unmarshal(raw, &content); err != nil {
		return nil, fmt.Errorf("the VRF key file %s is not valid: %w", f.path, err)
	}
	keys := make([]Key, 0, len(content.Keys))
	for _, entry := range content.Keys {
		key, err := KeyFromSecret(entry.Secret)
		if err != nil {
			return nil, fmt.Errorf("the VRF key file %s is not valid: %w", f.path, err)
		}
		keys = append(keys, key)
	}
	return keys, nil
}

// Newest returns the key that was added last.
func (f KeyFile) Newest() (Key, error) {
	keys, err := f.Keys()
	if err != nil {
		return Key{}, err
	}
	if len(keys) == 0 {
		return Key{}, fmt.Errorf("%w: %s is empty", ErrNoKey, f.path)
	}
	return keys[len(keys)-1], nil
}

// Add appends a key, and makes the file, readable by its owner only, if there is none.
func (f KeyFile) Add(key Key) error {
	keys, err := f.Keys()
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	content := keyFileContent{}
	for _, k := range append(keys, key) {
		content.Keys = append(content.Keys, keyFileEntry{k.Public(), k.Secret()})
	}
	raw, err := json.MarshalIndent(content, "", "  ")
	if err != nil {
		return err
	}
	return f.replace(append(raw, '\n'))
}

// EnsureKey returns the newest key, and makes one if the file does not exist.
func (f KeyFile) EnsureKey() (Key, error) {
	key, err := f.Newest()
	if !errors.Is(err, fs.ErrNotExist) {
		return key, err
	}
	if key, err = GenerateKey(); err != nil {
		return Key{}, err
	}
	return key, f.Add(key)
}

// Prove returns the proof for alpha with the secret of publicKey. It reads the file each time, so that a rotated key
// needs no restart of the node. It returns ErrNoKey if the file lacks the key.
func (f KeyFile) Prove(publicKey, alpha []byte) ([]byte, error) {
	keys, err := f.Keys()
	if err != nil {
		return nil, err
	}
	for _, key := range keys {
		if bytes.Equal(key.Public(), publicKey) {
			return key.Prove(alpha), nil
		}
	}
	return nil, fmt.Errorf("%w: %s has no secret for %X", ErrNoKey, f.path, publicKey)
}

// replace writes the whole file or leaves the old one: a torn key file would cost the validator its slots.
func (f KeyFile) replace(raw []byte) error {
	if err := os.MkdirAll(filepath.Dir(f.path), 0o755); err != nil {
		return err
	}
	tmp := f.path + ".tmp"
	if err := os.WriteFile(tmp, raw, 0o600); err != nil {
		return err
	}
	return os.Rename(tmp, f.path)
}
