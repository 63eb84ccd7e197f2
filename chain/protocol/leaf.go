package protocol

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math/bits"
)

const (
	leafTag = "dmcn/leaf/1"

	// LeafRecordLength is the length of a leaf in the sealed leaves:
	// `u8 status || u32 exit_code || u64 gas || SHA256(output)`.
	LeafRecordLength = 1 + 4 + 8 + HashLength
	// LeafPreimageLength is the length of a leaf's preimage.
	LeafPreimageLength = len(leafTag) + 8 + 4 + LeafRecordLength
)

var (
	// ErrInvalidLeaf is wrapped by errors about a leaf that no run can have produced.
	ErrInvalidLeaf = errors.New("invalid leaf")
	// ErrGasOverflow reports a sum of gas above 2^64-1.
	ErrGasOverflow = errors.New("gas total exceeds 64 bits")
)

// Status is how a unit's run ended, numbered as in the execution profile.
type Status uint8

// The statuses, never renumbered.
const (
	StatusOK            Status = 0
	StatusExit          Status = 1
	StatusTrap          Status = 2
	StatusOutOfGas      Status = 3
	StatusStackOverflow Status = 4
	StatusOutputLimit   Status = 5
	StatusInvalidModule Status = 6
)

var statusNames = [...]string{
	"OK", "EXIT", "TRAP", "OUT_OF_GAS", "STACK_OVERFLOW", "OUTPUT_LIMIT", "INVALID_MODULE",
}

// Valid tells whether s is one of the execution profile's statuses.
func (s Status) Valid() bool { return int(s) < len(statusNames) }

// String returns the execution profile's name of the status.
func (s Status) String() string {
	if !s.Valid() {
		return fmt.Sprintf("STATUS_%d", uint8(s))
	}
	return statusNames[s]
}

// Leaf is what a worker claims about one unit.
type Leaf struct {
	Status     Status
	ExitCode   uint32
	Gas        uint64
	OutputHash Hash
}

// Validate returns ErrInvalidLeaf unless the status is known, the exit code is nonzero exactly for EXIT, and
// the gas is at most gasLimit, and equal to it for OUT_OF_GAS.
func (l Leaf) Validate(gasLimit uint64) error {
	switch {
	case !l.Status.Valid():
		return fmt.Errorf("%w: unknown status %d", ErrInvalidLeaf, uint8(l.Status))
	case (l.Status == StatusExit) != (l.ExitCode != 0):
		return fmt.Errorf("%w: status %s with exit code %d", ErrInvalidLeaf, l.Status, l.ExitCode)
	case l.Gas > gasLimit:
		return fmt.Errorf("%w: gas %d above the limit %d", ErrInvalidLeaf, l.Gas, gasLimit)
	case l.Status == StatusOutOfGas && l.Gas != gasLimit:
		return fmt.Errorf("%w: OUT_OF_GAS with gas %d, want the limit %d", ErrInvalidLeaf, l.Gas, gasLimit)
	}
	return nil
}

// Record returns the leaf as it stands in the sealed leaves.
func (l Leaf) Record() []byte {
	return l.append(make([]byte, 0, LeafRecordLength))
}

// Preimage returns `leaf_i` of the given unit, counted over the whole job.
func (l Leaf) Preimage(job uint64, unit uint32) []byte {
	b := make([]byte, 0, LeafPreimageLength)
	b = append(b, leafTag...)
	b = binary.BigEndian.AppendUint64(b, job)
	b = binary.BigEndian.AppendUint32(b, unit)
	return l.append(b)
}

func (l Leaf) append(b []byte) []byte {
	b = append(b, byte(l.Status))
	b = binary.BigEndian.AppendUint32(b, l.ExitCode)
	b = binary.BigEndian.AppendUint64(b, l.Gas)
	return append(b, l.OutputHash[:]...)
}

// SumGas adds the gas of the leaves, or returns ErrGasOverflow.
func SumGas(leaves []Leaf) (uint64, error) {
	var total uint64
	for _, l := range leaves {
		sum, carry := bits.Add64(total, l.Gas, 0)
		if carry != 0 {
			return 0, ErrGasOverflow
		}
		total = sum
	}
	return total, nil
}
