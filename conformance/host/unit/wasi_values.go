package unit

import "bytes"

const (
	clocks    = 4
	clockStep = 1_000_000
)

func (w *wasi) sizes(countPointer uint32, count int, sizePointer uint32, size int) (uint32, error) {
	if err := w.memory.inside(sizePointer, 4); err != nil {
		return 0, err
	}
	if err := w.memory.putU32(countPointer, uint32(count)); err != nil {
		return 0, err
	}
	return success, w.memory.putU32(sizePointer, uint32(size))
}

func (w *wasi) argsGet(pointers, buffer uint32) (uint32, error) {
	if err := w.memory.inside(pointers, 4*len(w.argv)); err != nil {
		return 0, err
	}
	if err := w.memory.inside(buffer, w.argSize); err != nil {
		return 0, err
	}
	if err := w.gas.charge(w.profile.Prices.HostByte, w.argSize); err != nil {
		return 0, err
	}
	if err := w.gas.charge(w.profile.Prices.HostVector, len(w.argv)); err != nil {
		return 0, err
	}
	at := buffer
	for i, argument := range w.argv {
		if err := w.memory.putU32(pointers+4*uint32(i), at); err != nil {
			return 0, err
		}
		at += uint32(len(argument))
	}
	target, err := w.memory.bytes(buffer, uint32(w.argSize))
	if err != nil {
		return 0, err
	}
	copy(target, bytes.Join(w.argv, nil))
	return success, nil
}

func (w *wasi) clock(clock, pointer uint32, time func() uint64) (uint32, error) {
	if clock >= clocks {
		return w.profile.Errnos.Inval, nil
	}
	if err := w.memory.inside(pointer, 8); err != nil {
		return 0, err
	}
	return success, w.memory.putU64(pointer, time())
}

func (w *wasi) tick() uint64 {
	time := w.time
	w.time += clockStep
	return time
}

func (w *wasi) randomGet(pointer, length uint32) (uint32, error) {
	target, err := w.memory.bytes(pointer, length)
	if err != nil {
		return 0, err
	}
	if err := w.gas.charge(w.profile.Prices.RandomByte, len(target)); err != nil {
		return 0, err
	}
	w.random.fill(target)
	return success, nil
}
