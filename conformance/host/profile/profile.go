// Package profile holds what the program is told of the execution profile, so that no number of it stands here twice.
package profile

import (
	"encoding/json"
	"errors"
	"fmt"
)

// Prices are gas of what the host does.
type Prices struct {
	InputByte  int64 `json:"inputByte"`
	HostCall   int64 `json:"hostCall"`
	HostVector int64 `json:"hostVector"`
	HostByte   int64 `json:"hostByte"`
	RandomByte int64 `json:"randomByte"`
}

// Limits are those that a running unit can meet in the host.
type Limits struct {
	OutputBytes int    `json:"outputBytes"`
	IoVectors   uint32 `json:"ioVectors"`
}

// Exports are the names under which an instrumented module shows its counters.
type Exports struct {
	Start   string `json:"start"`
	Memory  string `json:"memory"`
	Gas     string `json:"gas"`
	Stack   string `json:"stack"`
	Pages   string `json:"pages"`
	Refused string `json:"refused"`
}

// Call is a call of preview1.
type Call struct {
	// Params has an `i` for each i32 and an `I` for each i64; Results likewise.
	Params  string `json:"params"`
	Results string `json:"results"`
	// Errno is the answer of a call that is not served.
	Errno *uint32 `json:"errno"`
	// Pipe says that such a call knows open descriptors only.
	Pipe bool `json:"pipe"`
}

// Errnos are the error numbers of the calls that are served.
type Errnos struct {
	Badf  uint32 `json:"badf"`
	Inval uint32 `json:"inval"`
}

// Profile is the first line that the program reads.
type Profile struct {
	Prices  Prices          `json:"prices"`
	Limits  Limits          `json:"limits"`
	Exports Exports         `json:"exports"`
	Module  string          `json:"module"`
	Calls   map[string]Call `json:"calls"`
	Errnos  Errnos          `json:"errnos"`
}

// Parse reads a profile.
func Parse(line []byte) (Profile, error) {
	var profile Profile
	if err := json.Unmarshal(line, &profile); err != nil {
		return Profile{}, fmt.Errorf("the first line is no profile: %w", err)
	}
	if profile.Module == "" || profile.Exports.Start == "" || len(profile.Calls) == 0 {
		return Profile{}, errors.New("the first line is no profile: module, exports or calls are missing")
	}
	return profile, nil
}
