package unit

// meter is the host's side of the gas counter.
type meter struct {
	instance func() Instance
	global   string
}

func (m meter) left() int64 { return int64(m.instance().Global(m.global)) }

// charge takes gas for count pieces of work, and leaves the counter negative if there is less.
func (m meter) charge(price int64, count int) error {
	left := m.left() - price*int64(count)
	m.instance().SetGlobal(m.global, uint64(left))
	if left < 0 {
		return &End{Status: OutOfGas}
	}
	return nil
}
