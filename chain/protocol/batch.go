package protocol

import (
	"errors"
	"fmt"
)

const (
	// MaxUnits is the largest number of units of a job.
	MaxUnits = 1 << 20
	// MaxBatchSize is the largest number of units of a batch.
	MaxBatchSize = 64
	// DefaultBatchSize is the batch size of a job that does not say.
	DefaultBatchSize = 32
)

// ErrRange is wrapped by errors about numbers outside of what they count.
var ErrRange = errors.New("out of range")

// BatchCount returns ceil(units/size). It returns ErrRange unless units is 1 to MaxUnits and size 1 to MaxBatchSize.
func BatchCount(units, size uint32) (uint32, error) {
	if units == 0 || units > MaxUnits {
		return 0, fmt.Errorf("%w: a job of %d units, want 1 to %d", ErrRange, units, MaxUnits)
	}
	if size == 0 || size > MaxBatchSize {
		return 0, fmt.Errorf("%w: batch size %d, want 1 to %d", ErrRange, size, MaxBatchSize)
	}
	return (units + size - 1) / size, nil
}

// BatchUnits returns the first unit of a batch and its real length n_b, which is shorter than size for a last
// batch that is not full. It returns ErrRange for a batch that the job does not have.
func BatchUnits(units, size, batch uint32) (first, length uint32, err error) {
	count, err := BatchCount(units, size)
	if err != nil {
		return 0, 0, err
	}
	if batch >= count {
		return 0, 0, fmt.Errorf("%w: batch %d of %d", ErrRange, batch, count)
	}
	first = batch * size
	return first, min(size, units-first), nil
}

// LocateUnit returns the batch of a unit and the unit's position in it. It returns ErrRange for a unit that
// the job does not have.
func LocateUnit(units, size, unit uint32) (batch, position uint32, err error) {
	if _, err := BatchCount(units, size); err != nil {
		return 0, 0, err
	}
	if unit >= units {
		return 0, 0, fmt.Errorf("%w: unit %d of %d", ErrRange, unit, units)
	}
	return unit / size, unit % size, nil
}
