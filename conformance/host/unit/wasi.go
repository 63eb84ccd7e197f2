package unit

import (
	"fmt"

	"github.com/dmcn/dmcn/conformance/host/profile"
)

const (
	stdin = iota
	stdout
	stderr
)

const success = 0

// wasi answers the calls of one unit. Each is charged its fixed price first; pointers are checked before anything is
// read, written or charged by the byte.
type wasi struct {
	profile profile.Profile
	memory  memory
	gas     meter
	random  *random
	argv    [][]byte
	argSize int
	input   []byte
	output  []byte
	open    map[uint32]bool
	time    uint64
}

func newWasi(p profile.Profile, job Job, instance func() Instance) *wasi {
	w := &wasi{
		profile: p,
		memory:  memory{instance},
		gas:     meter{instance, p.Exports.Gas},
		random:  newRandom(job.ModuleID, job.Input, job.Unit),
		input:   job.Input,
		open:    map[uint32]bool{stdin: true, stdout: true, stderr: true},
	}
	for _, argument := range job.Argv {
		w.argv = append(w.argv, append([]byte(argument), 0))
		w.argSize += len(argument) + 1
	}
	return w
}

// call is the Host of the unit.
func (w *wasi) call(name string, arguments []uint64) (uint32, error) {
	if err := w.gas.charge(w.profile.Prices.HostCall, 1); err != nil {
		return 0, err
	}
	a := make([]uint32, len(arguments))
	for i, bits := range arguments {
		a[i] = uint32(bits)
	}
	call := w.profile.Calls[name]
	if call.Errno != nil {
		if call.Pipe && !w.open[a[0]] {
			return w.profile.Errnos.Badf, nil
		}
		return *call.Errno, nil
	}
	return w.serve(name, a)
}

func (w *wasi) serve(name string, a []uint32) (uint32, error) {
	switch name {
	case "args_get":
		return w.argsGet(a[0], a[1])
	case "args_sizes_get":
		return w.sizes(a[0], len(w.argv), a[1], w.argSize)
	case "environ_get":
		return success, nil
	case "environ_sizes_get":
		return w.sizes(a[0], 0, a[1], 0)
	case "clock_res_get":
		return w.clock(a[0], a[1], func() uint64 { return clockStep })
	case "clock_time_get":
		return w.clock(a[0], a[2], w.tick)
	case "fd_close":
		return w.close(a[0])
	case "fd_fdstat_get":
		return w.fdstat(a[0], a[1])
	case "fd_filestat_get":
		return w.filestat(a[0], a[1])
	case "fd_read":
		return w.read(a[0], a[1], a[2], a[3])
	case "fd_write":
		return w.write(a[0], a[1], a[2], a[3])
	case "proc_exit":
		return 0, exit(a[0])
	case "random_get":
		return w.randomGet(a[0], a[1])
	}
	return 0, fmt.Errorf("the profile says that %s is served, and it is not here: write it", name)
}

func exit(code uint32) *End {
	if code == 0 {
		return &End{Status: OK}
	}
	return &End{Status: Exit, ExitCode: code}
}
