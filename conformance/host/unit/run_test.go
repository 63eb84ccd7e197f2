package unit

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"testing"
)

const (
	gasLimit = 10_000_000
	entry    = 1_000_000 + 2*3
)

func job() Job {
	return Job{
		ModuleID: make([]byte, 32), Input: []byte("in"), Argv: []string{"task"}, GasLimit: gasLimit, EntryGas: 1_000_000, Pages: 10,
	}
}

func set(name string, value int64, err error) func(*program) error {
	return func(p *program) error {
		p.globals[name] = uint64(value)
		return err
	}
}

func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

func TestEnds(t *testing.T) {
	spend := func(p *program) error {
		p.globals["gas"] -= 11
		return nil
	}
	for name, c := range map[string]struct {
		start  func(*program) error
		status Status
		code   uint32
		gas    int64
	}{
		"returns":             {spend, OK, 0, entry + 11},
		"exits":               {func(*program) error { return exit(7) }, Exit, 7, entry},
		"exits with 0":        {func(*program) error { return exit(0) }, OK, 0, entry},
		"traps":               {func(*program) error { return ErrTrap }, Trap, 0, entry},
		"traps without gas":   {set("gas", -1, ErrTrap), OutOfGas, 0, gasLimit},
		"traps without stack": {set("stack", 0xffffffff, ErrTrap), StackOverflow, 0, entry},
		"no gas for a call":   {set("gas", -5, &End{Status: OutOfGas}), OutOfGas, 0, gasLimit},
	} {
		t.Run(name, func(t *testing.T) {
			program := newProgram(c.start)
			got, err := Run(testProfile, module{program}, job())
			if err != nil || got != (Result{c.status, c.code, c.gas, hash("")}) {
				t.Fatalf("got %+v, %v", got, err)
			}
			if !program.closed {
				t.Error("the instance stays open")
			}
		})
	}
}

func TestNoEnd(t *testing.T) {
	for name, start := range map[string]func(*program) error{
		"memory refused":     set("refused", 1, ErrTrap),
		"engine's own fault": func(*program) error { return errors.New("stack overflow") },
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := Run(testProfile, module{newProgram(start)}, job()); err == nil {
				t.Fatalf("got %+v", got)
			}
		})
	}
}

func TestEntryGas(t *testing.T) {
	started := false
	start := func(p *program) error {
		started = true
		return nil
	}
	j := job()
	j.GasLimit = entry
	if got, err := Run(testProfile, module{newProgram(start)}, j); err != nil || got.Status != OK || got.Gas != entry {
		t.Fatalf("exactly enough: %+v, %v", got, err)
	}
	started = false
	j.GasLimit--
	got, err := Run(testProfile, module{newProgram(start)}, j)
	if err != nil || got.Status != OutOfGas || got.Gas != entry-1 || started {
		t.Fatalf("one too few: %+v, %v, started %v", got, err, started)
	}
}

func TestPages(t *testing.T) {
	for _, c := range []struct{ declared, job, want uint64 }{{100, 10, 10}, {3, 10, 3}} {
		program := newProgram(func(*program) error { return nil })
		program.globals["pages"] = c.declared
		j := job()
		j.Pages = uint32(c.job)
		if _, err := Run(testProfile, module{program}, j); err != nil || program.globals["pages"] != c.want {
			t.Errorf("of %d and %d: %d, %v", c.declared, c.job, program.globals["pages"], err)
		}
	}
}

type module struct{ *program }

func (m module) Close() {}
