package unit

import (
	"bytes"
	"encoding/binary"
	"errors"
	"slices"
	"testing"
)

// session is a unit that is in the middle of its program.
type session struct {
	*testing.T
	*program
	wasi *wasi
}

func begin(t *testing.T) session {
	p := newProgram(nil)
	p.globals["gas"] = 1_000_000
	j := job()
	j.Input, j.Argv = []byte("abcdefghi"), []string{"task", "-é"}
	w := newWasi(testProfile, j, func() Instance { return p })
	p.host = w.call
	return session{t, p, w}
}

func (s session) errno(want uint32, name string, arguments ...uint64) {
	s.Helper()
	if got, err := s.host(name, arguments); err != nil || got != want {
		s.Fatalf("%s%v gives %d, %v instead of %d", name, arguments, got, err, want)
	}
}

func (s session) ends(want Status, name string, arguments ...uint64) {
	s.Helper()
	var end *End
	if _, err := s.host(name, arguments); !errors.As(err, &end) || end.Status != want {
		s.Fatalf("%s%v ends with %v instead of %s", name, arguments, err, want)
	}
}

func (s session) put(at int, values ...uint32) {
	for i, value := range values {
		binary.LittleEndian.PutUint32(s.memory[at+4*i:], value)
	}
}

func (s session) holds(at int, want string) {
	s.Helper()
	if got := s.memory[at : at+len(want)]; string(got) != want {
		s.Fatalf("at %d is %q instead of %q", at, got, want)
	}
}

func (s session) costs(want int64, call func()) {
	s.Helper()
	before := int64(s.globals["gas"])
	call()
	if got := before - int64(s.globals["gas"]); got != want {
		s.Fatalf("costs %d instead of %d", got, want)
	}
}

func TestFixedErrnos(t *testing.T) {
	s := begin(t)
	s.costs(1_000, func() { s.errno(70, "fd_tell", 1, 0) })
	s.errno(8, "fd_tell", 3, 0)
	s.errno(9, "fd_prestat_get", 3, 0)
	s.errno(0, "fd_close", 1)
	s.errno(8, "fd_close", 1)
	s.errno(8, "fd_tell", 1, 0)
	s.errno(8, "fd_write", 1, 0, 0, 0)
}

func TestServedCallThatIsMissing(t *testing.T) {
	var end *End
	if _, err := begin(t).host("fd_dance", nil); err == nil || errors.As(err, &end) {
		t.Fatalf("got %v", err)
	}
}

func TestRead(t *testing.T) {
	s := begin(t)
	s.put(0, 100, 3, 103, 4)
	s.costs(1_000+2*50+7, func() { s.errno(0, "fd_read", 0, 0, 2, 96) })
	s.holds(96, "\x07\x00\x00\x00abcdefg")
	s.costs(1_000+2*50+2, func() { s.errno(0, "fd_read", 0, 0, 2, 96) })
	s.holds(96, "\x02\x00\x00\x00hicdefg")
	s.costs(1_000+2*50, func() { s.errno(0, "fd_read", 0, 0, 2, 96) })
	s.holds(96, "\x00\x00\x00\x00hicdefg")
	s.errno(8, "fd_read", 1, 0, 2, 96)
	s.errno(28, "fd_read", 0, 0, 5, 96)
	s.ends(Trap, "fd_read", 0, pageBytes-8, 2, 96)
	s.ends(Trap, "fd_read", 0, 0, 2, pageBytes-3)
}

func TestWrite(t *testing.T) {
	s := begin(t)
	copy(s.memory[100:], "hello")
	s.put(0, 100, 2, 102, 3)
	s.costs(1_000+2*50+5, func() { s.errno(0, "fd_write", 1, 0, 2, 96) })
	s.holds(96, "\x05\x00\x00\x00")
	s.errno(0, "fd_write", 2, 0, 2, 96)
	if string(s.wasi.output) != "hello" {
		t.Fatalf("the output is %q", s.wasi.output)
	}
	s.errno(8, "fd_write", 0, 0, 2, 96)
	s.put(0, 100, 15)
	s.errno(0, "fd_write", 1, 0, 1, 96)
	s.put(0, 100, 0, 100, 1)
	s.ends(OutputLimit, "fd_write", 1, 0, 2, 96)
	if len(s.wasi.output) != 20 {
		t.Fatalf("the output has %d bytes", len(s.wasi.output))
	}
	s.put(0, pageBytes-1, 2)
	s.ends(Trap, "fd_write", 1, 0, 1, 96)
	s.put(0, pageBytes, 0)
	s.errno(0, "fd_write", 1, 0, 1, 96)
	s.put(0, pageBytes+1, 0)
	s.ends(Trap, "fd_write", 1, 0, 1, 96)
}

func TestOutOfGas(t *testing.T) {
	for name, c := range map[string]struct {
		gas  uint64
		left int64
	}{
		"for the call":    {999, -1},
		"for the vectors": {1_049, -1},
		"for the bytes":   {1_054, -1},
	} {
		t.Run(name, func(t *testing.T) {
			s := begin(t)
			s.put(0, 100, 5)
			s.globals["gas"] = c.gas
			s.ends(OutOfGas, "fd_write", 1, 0, 1, 96)
			if left := int64(s.globals["gas"]); left != c.left || len(s.wasi.output) != 0 {
				t.Fatalf("%d gas left, %d bytes written", left, len(s.wasi.output))
			}
		})
	}
}

func TestArguments(t *testing.T) {
	s := begin(t)
	s.errno(0, "args_sizes_get", 0, 4)
	s.holds(0, "\x02\x00\x00\x00\x09\x00\x00\x00")
	s.costs(1_000+2*50+9, func() { s.errno(0, "args_get", 16, 32) })
	s.holds(16, "\x20\x00\x00\x00\x25\x00\x00\x00")
	s.holds(32, "task\x00-é\x00")
	s.ends(Trap, "args_get", pageBytes-7, 32)
	s.ends(Trap, "args_get", 16, pageBytes-8)
	s.put(8, 7, 7)
	s.errno(0, "environ_sizes_get", 8, 12)
	s.holds(8, "\x00\x00\x00\x00\x00\x00\x00\x00")
	s.errno(0, "environ_get", 1<<32-1, 1<<32-1)
	s.ends(Trap, "environ_sizes_get", 8, pageBytes-3)
}

func TestClock(t *testing.T) {
	s := begin(t)
	for i := range uint64(3) {
		s.errno(0, "clock_time_get", i, 1<<63, 8)
		if got := binary.LittleEndian.Uint64(s.memory[8:]); got != i*1_000_000 {
			t.Fatalf("look %d shows %d", i, got)
		}
	}
	s.errno(28, "clock_time_get", 4, 0, 8)
	s.ends(Trap, "clock_time_get", 0, 0, pageBytes-7)
	s.errno(0, "clock_res_get", 3, 8)
	s.holds(8, "\x40\x42\x0f\x00\x00\x00\x00\x00")
}

func TestStats(t *testing.T) {
	s := begin(t)
	for fd, rights := range []string{"\x02", "\x40", "\x40"} {
		copy(s.memory, bytes.Repeat([]byte{0xff}, 64))
		s.errno(0, "fd_fdstat_get", uint64(fd), 0)
		s.holds(0, string(make([]byte, 8))+rights+string(make([]byte, 15))+"\xff")
		s.errno(0, "fd_filestat_get", uint64(fd), 0)
		s.holds(0, string(make([]byte, 64)))
	}
	s.errno(8, "fd_fdstat_get", 3, 0)
	s.errno(8, "fd_filestat_get", 3, 0)
	s.ends(Trap, "fd_fdstat_get", 0, pageBytes-23)
	s.ends(Trap, "fd_filestat_get", 0, pageBytes-63)
}

func TestRandom(t *testing.T) {
	s := begin(t)
	s.costs(1_000+7*5, func() { s.errno(0, "random_get", 100, 5) })
	s.errno(0, "random_get", 105, 65)
	whole := make([]byte, 70)
	newRandom(make([]byte, 32), []byte("abcdefghi"), 0).fill(whole)
	if !slices.Equal(whole, s.memory[100:170]) {
		t.Fatal("two calls do not read one stream")
	}
	s.ends(Trap, "random_get", pageBytes, 1)
}
