package unit

import "fmt"

// Status is how a unit ended, by its name in the profile.
type Status string

// Statuses that a run can have. INVALID_MODULE is decided before.
const (
	OK            Status = "OK"
	Exit          Status = "EXIT"
	Trap          Status = "TRAP"
	OutOfGas      Status = "OUT_OF_GAS"
	StackOverflow Status = "STACK_OVERFLOW"
	OutputLimit   Status = "OUTPUT_LIMIT"
)

// End is given by a host call that ends the unit.
type End struct {
	Status   Status
	ExitCode uint32
}

func (e *End) Error() string { return fmt.Sprintf("%s %d", e.Status, e.ExitCode) }
