package main

import (
	"encoding/hex"
	"testing"

	"github.com/dmcn/dmcn/conformance/host/profile"
)

const preamble = "0061736d01000000"

// Modules of features that the profile refuses: an engine that takes them would hide that the check let them through.
var refused = map[string]string{
	"a vector":              preamble + "010401600000" + "03020100" + "0a17011500" + "fd0c" + "00000000000000000000000000000000" + "1a0b",
	"a tail call":           preamble + "010401600000" + "03020100" + "0a0601040012000b",
	"a shared memory":       preamble + "050401030101",
	"a memory of 64 bits":   preamble + "0503010401",
	"two memories":          preamble + "050502" + "00010001",
	"two tables":            preamble + "040702" + "700000700000",
	"a table of references": preamble + "0404016f0000",
	"an exception":          preamble + "010401600000" + "0d03010000",
	"rubbish":               "00",
}

func TestRefusesWhatTheProfileHasNot(t *testing.T) {
	for name, open := range engines {
		t.Run(name, func(t *testing.T) {
			engine, err := open(profile.Profile{Module: "wasi_snapshot_preview1"})
			if err != nil {
				t.Fatal(err)
			}
			for what, text := range refused {
				code, err := hex.DecodeString(text)
				if err != nil {
					t.Fatal(err)
				}
				if module, err := engine.Compile(code); err == nil {
					module.Close()
					t.Errorf("%s is accepted", what)
				} else {
					t.Logf("%s: %v", what, err)
				}
			}
			empty, _ := hex.DecodeString(preamble)
			if _, err := engine.Compile(empty); err != nil {
				t.Errorf("an empty module is refused: %v", err)
			}
		})
	}
}
