package unit

import "github.com/dmcn/dmcn/conformance/host/profile"

const pageBytes = 65_536

func errno(value uint32) *uint32 { return &value }

// testProfile has prices that tell each piece of work apart by its digits.
var testProfile = profile.Profile{
	Prices: profile.Prices{
		InputByte: 3, HostCall: 1_000, HostVector: 50, HostByte: 1, RandomByte: 7,
	},
	Limits:  profile.Limits{OutputBytes: 20, IoVectors: 4},
	Exports: profile.Exports{Gas: "gas", Stack: "stack", Pages: "pages", Refused: "refused"},
	Calls: map[string]profile.Call{
		"fd_tell":        {Params: "ii", Results: "i", Errno: errno(70), Pipe: true},
		"fd_prestat_get": {Params: "ii", Results: "i", Errno: errno(9)},
	},
	Errnos: profile.Errnos{Badf: 8, Inval: 28},
}

// program is an instance of which a Go function is the program.
type program struct {
	start   func(*program) error
	host    Host
	memory  []byte
	globals map[string]uint64
	closed  bool
}

func newProgram(start func(*program) error) *program {
	return &program{start: start, memory: make([]byte, pageBytes), globals: map[string]uint64{"pages": 100}}
}

func (p *program) Instantiate(host Host) (Instance, error) {
	p.host = host
	return p, nil
}

func (p *program) Start() error                       { return p.start(p) }
func (p *program) Memory() []byte                     { return p.memory }
func (p *program) Global(name string) uint64          { return p.globals[name] }
func (p *program) SetGlobal(name string, bits uint64) { p.globals[name] = bits }
func (p *program) Close()                             { p.closed = true }
