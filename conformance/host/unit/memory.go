package unit

import "encoding/binary"

// memory is a module's memory with its bounds checked: a pointer outside of it is a trap.
type memory struct {
	instance func() Instance
}

func (m memory) bytes(pointer, length uint32) ([]byte, error) {
	all := m.instance().Memory()
	end := uint64(pointer) + uint64(length)
	if end > uint64(len(all)) {
		return nil, &End{Status: Trap}
	}
	return all[pointer:end:end], nil
}

func (m memory) putU32(pointer, value uint32) error {
	target, err := m.bytes(pointer, 4)
	if err == nil {
		binary.LittleEndian.PutUint32(target, value)
	}
	return err
}

func (m memory) putU64(pointer uint32, value uint64) error {
	target, err := m.bytes(pointer, 8)
	if err == nil {
		binary.LittleEndian.PutUint64(target, value)
	}
	return err
}

// inside checks a range without reading it.
func (m memory) inside(pointer uint32, length int) error {
	_, err := m.bytes(pointer, uint32(length))
	return err
}
