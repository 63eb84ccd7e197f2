package unit

import "encoding/binary"

const (
	rightRead     = 2
	rightWrite    = 64
	rightsAt      = 8
	fdstatBytes   = 24
	filestatBytes = 64
	vectorBytes   = 8
)

func (w *wasi) close(fd uint32) (uint32, error) {
	if !w.open[fd] {
		return w.profile.Errnos.Badf, nil
	}
	delete(w.open, fd)
	return success, nil
}

// fdstat tells of a file of unknown type without flags.
func (w *wasi) fdstat(fd, pointer uint32) (uint32, error) {
	if !w.open[fd] {
		return w.profile.Errnos.Badf, nil
	}
	target, err := w.memory.bytes(pointer, fdstatBytes)
	if err != nil {
		return 0, err
	}
	rights := uint64(rightWrite)
	if fd == stdin {
		rights = rightRead
	}
	clear(target)
	binary.LittleEndian.PutUint64(target[rightsAt:], rights)
	return success, nil
}

// filestat tells of a file of unknown type and size.
func (w *wasi) filestat(fd, pointer uint32) (uint32, error) {
	if !w.open[fd] {
		return w.profile.Errnos.Badf, nil
	}
	target, err := w.memory.bytes(pointer, filestatBytes)
	if err != nil {
		return 0, err
	}
	clear(target)
	return success, nil
}

func (w *wasi) read(fd, vectors, count, readPointer uint32) (uint32, error) {
	if fd != stdin || !w.open[fd] {
		return w.profile.Errnos.Badf, nil
	}
	targets, wanted, errno, err := w.buffers(vectors, count, readPointer)
	if errno != success || err != nil {
		return errno, err
	}
	read := min(wanted, len(w.input))
	if err := w.gas.charge(w.profile.Prices.HostByte, read); err != nil {
		return 0, err
	}
	for _, target := range targets {
		w.input = w.input[copy(target, w.input):]
	}
	return success, w.memory.putU32(readPointer, uint32(read))
}

func (w *wasi) write(fd, vectors, count, writtenPointer uint32) (uint32, error) {
	if (fd != stdout && fd != stderr) || !w.open[fd] {
		return w.profile.Errnos.Badf, nil
	}
	sources, length, errno, err := w.buffers(vectors, count, writtenPointer)
	if errno != success || err != nil {
		return errno, err
	}
	if err := w.gas.charge(w.profile.Prices.HostByte, length); err != nil {
		return 0, err
	}
	if fd == stdout {
		if len(w.output)+length > w.profile.Limits.OutputBytes {
			return 0, &End{Status: OutputLimit}
		}
		for _, source := range sources {
			w.output = append(w.output, source...)
		}
	}
	return success, w.memory.putU32(writtenPointer, uint32(length))
}

// buffers reads the vectors of a call and checks where its result goes: the buffers, their bytes together, and EINVAL
// for too many.
func (w *wasi) buffers(vectors, count, result uint32) (list [][]byte, bytes int, errno uint32, err error) {
	if count > w.profile.Limits.IoVectors {
		return nil, 0, w.profile.Errnos.Inval, nil
	}
	if err := w.gas.charge(w.profile.Prices.HostVector, int(count)); err != nil {
		return nil, 0, 0, err
	}
	table, err := w.memory.bytes(vectors, vectorBytes*count)
	if err != nil {
		return nil, 0, 0, err
	}
	for ; len(table) > 0; table = table[vectorBytes:] {
		buffer, err := w.memory.bytes(binary.LittleEndian.Uint32(table), binary.LittleEndian.Uint32(table[4:]))
		if err != nil {
			return nil, 0, 0, err
		}
		list = append(list, buffer)
		bytes += len(buffer)
	}
	return list, bytes, success, w.memory.inside(result, 4)
}
