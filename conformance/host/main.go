// Command host runs units of instrumented modules on an engine that is no JavaScript engine.
//
//	host wazero-compiler | wazero-interpreter | wasmtime
//
// It reads JSON lines: first the profile, then jobs. It answers the profile with the engine's version and each job,
// in order, with its result or why there is none. Whoever runs it ends a unit that takes too long by ending it.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"

	"github.com/dmcn/dmcn/conformance/host/profile"
	"github.com/dmcn/dmcn/conformance/host/unit"
	"github.com/dmcn/dmcn/conformance/host/wazero"
)

// engines by name; wasmtime is added where it is built in.
var engines = map[string]func(profile.Profile) (unit.Engine, error){
	"wazero-compiler":    wazero.NewCompiler,
	"wazero-interpreter": wazero.NewInterpreter,
}

const memoryBeforeCollection = 1 << 30

func main() {
	debug.SetMemoryLimit(memoryBeforeCollection)
	if err := serve(os.Args[1:], os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "host:", err)
		os.Exit(1)
	}
}

func serve(arguments []string, in io.Reader, out io.Writer) error {
	if len(arguments) != 1 || engines[arguments[0]] == nil {
		return fmt.Errorf("name one engine that is built in: %v", names())
	}
	lines := bufio.NewReader(in)
	answers := json.NewEncoder(out)
	first, err := lines.ReadBytes('\n')
	if err != nil {
		return fmt.Errorf("no profile came: %w", err)
	}
	p, err := profile.Parse(first)
	if err != nil {
		return err
	}
	engine, err := engines[arguments[0]](p)
	if err != nil {
		return err
	}
	if err := answers.Encode(map[string]string{"version": engine.Version()}); err != nil {
		return err
	}
	jobs := newRunner(p, engine)
	for {
		line, err := lines.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := answers.Encode(jobs.answer(line)); err != nil {
			return err
		}
	}
}

func names() []string {
	var list []string
	for name := range engines {
		list = append(list, name)
	}
	return list
}
