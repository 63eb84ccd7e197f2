package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/dmcn/dmcn/conformance/host/profile"
	"github.com/dmcn/dmcn/conformance/host/unit"
)

// job is a line that asks for a unit.
type job struct {
	// Code is the file of the instrumented module. It does not change while the program runs.
	Code     string   `json:"code"`
	ModuleID []byte   `json:"moduleId"`
	Input    []byte   `json:"input"`
	Argv     []string `json:"argv"`
	Unit     uint32   `json:"unit"`
	GasLimit int64    `json:"gasLimit,string"`
	EntryGas int64    `json:"entryGas"`
	Pages    uint32   `json:"pages"`
}

// answer has either a status and what belongs to it, or a reason.
type answer struct {
	Status   unit.Status `json:"status,omitempty"`
	ExitCode uint32      `json:"exitCode"`
	Gas      int64       `json:"gas,string"`
	Output   string      `json:"output,omitempty"`
	Reason   string      `json:"reason,omitempty"`
}

// keptModules is how many compiled modules stay, the last ones used.
const keptModules = 16

type runner struct {
	profile profile.Profile
	engine  unit.Engine
	modules []keptModule
}

type keptModule struct {
	code   string
	module unit.Module
}

func newRunner(p profile.Profile, engine unit.Engine) *runner {
	return &runner{profile: p, engine: engine}
}

func (r *runner) answer(line []byte) answer {
	result, err := r.run(line)
	if err != nil {
		return answer{Reason: err.Error()}
	}
	return answer{Status: result.Status, ExitCode: result.ExitCode, Gas: result.Gas, Output: result.Output}
}

func (r *runner) run(line []byte) (unit.Result, error) {
	var j job
	if err := json.Unmarshal(line, &j); err != nil {
		return unit.Result{}, fmt.Errorf("the line is no job: %w", err)
	}
	module, err := r.compiled(j.Code)
	if err != nil {
		return unit.Result{}, err
	}
	return unit.Run(r.profile, module, unit.Job{
		ModuleID: j.ModuleID, Input: j.Input, Argv: j.Argv, Unit: j.Unit,
		GasLimit: j.GasLimit, EntryGas: j.EntryGas, Pages: j.Pages,
	})
}

// compiled gives a module from its file, the one used last first.
func (r *runner) compiled(code string) (unit.Module, error) {
	for i, kept := range r.modules {
		if kept.code == code {
			copy(r.modules[1:i+1], r.modules[:i])
			r.modules[0] = kept
			return kept.module, nil
		}
	}
	bytes, err := os.ReadFile(code) //nolint:gosec // the file that the line names
	if err != nil {
		return nil, err
	}
	module, err := r.engine.Compile(bytes)
	if err != nil {
		return nil, fmt.Errorf("the module does not compile: %w", err)
	}
	r.modules = append([]keptModule{{code, module}}, r.modules...)
	if len(r.modules) > keptModules {
		r.modules[keptModules].module.Close()
		r.modules = r.modules[:keptModules]
	}
	return module, nil
}
