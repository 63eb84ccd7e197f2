package simulation

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"

	"github.com/stretchr/testify/require"

	"github.com/dmcn/dmcn/chain/protocol"
	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
)

// work is what the holder of a lease computed.
type work struct {
	key    protocol.Key
	leaves []tasktypes.Leaf
	items  [][]byte
	gas    uint64
	root   protocol.Hash
	// wrong are the units that are made up.
	wrong []uint32
}

func output(job uint64, unit uint32) []byte {
	return fmt.Appendf(nil, "output %d of job %d", unit, job)
}

// input of a unit of a job, which follows from what the requester said about all of them.
func input(spec tasktypes.JobSpec, unit uint32) []byte {
	return fmt.Appendf(nil, "input %d of %x", unit, spec.InputIndex)
}

func inputItems(spec tasktypes.JobSpec) [][]byte {
	items := make([][]byte, spec.Units)
	for unit := range items {
		hash := sha256.Sum256(input(spec, uint32(unit)))
		items[unit] = hash[:]
	}
	return items
}

// wrongOutput is what a cheat makes up.
func wrongOutput(job uint64, unit uint32) []byte { return append(output(job, unit), '!') }

// leaf is how a unit of a job always ends, one status as often as the other.
func leaf(job tasktypes.Job, unit uint32) tasktypes.Leaf {
	out := sha256.Sum256(output(job.Id, unit))
	random := binary.BigEndian.Uint64(out[8:])
	l := tasktypes.Leaf{Unit: unit, Status: uint32(random % 7), OutputHash: out[:], Gas: random % (job.Spec.GasLimit + 1)}
	switch protocol.Status(l.Status) {
	case protocol.StatusExit:
		l.ExitCode = 1 + uint32(random>>32)%255
	case protocol.StatusOutOfGas:
		l.Gas = job.Spec.GasLimit
	}
	return l
}

func (w *world) compute(b tasktypes.Batch) work {
	cheat := 0
	if b.Lease != nil {
		cheat = w.habitsOf(b.Lease.Worker).cheat
	}
	return compute(w, w.state.jobs[b.JobId], b, cheat)
}

// compute is the work of a lease, of which a cheat makes up a part in so many of a hundred cases. Its key follows from the lease, so that everybody has it who was given it.
func compute(t require.TestingT, job tasktypes.Job, b tasktypes.Batch, cheat int) work {
	name := sha256.Sum256(fmt.Appendf(nil, "key %d %d %d", b.JobId, b.Index, b.Epoch))
	done := work{key: protocol.Key(name)}
	cheats := int(name[0])*100/256 < cheat
	for i := range b.Units {
		l := leaf(job, b.Index*job.Spec.BatchSize+i)
		if cheats && name[1+i%8]%2 == 0 {
			made := sha256.Sum256(wrongOutput(job.Id, l.Unit))
			l.OutputHash = made[:]
			done.wrong = append(done.wrong, l.Unit)
		}
		encoded, err := l.Protocol()
		require.NoError(t, err)
		done.leaves = append(done.leaves, l)
		done.items = append(done.items, encoded.Preimage(job.Id, l.Unit))
		done.gas += l.Gas
	}
	done.root = protocol.MerkleRoot(done.items)
	return done
}

func (w *world) habitsOf(owner string) habits {
	for _, k := range w.workers {
		if k.owner.text == owner {
			return k.habits
		}
	}
	return habits{}
}

// commitment is what a worker commits to for a lease.
func commitment(t require.TestingT, k *worker, b tasktypes.Batch, done work) protocol.Hash {
	owner, err := protocol.AccountFromBytes(k.owner.addr)
	require.NoError(t, err)
	lease := protocol.LeaseID{Worker: owner, Job: b.JobId, Batch: b.Index, Epoch: b.Epoch}
	return protocol.Commitment(lease, done.key, done.root, done.gas)
}

// bytes are random ones.
func (w *world) bytes(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(w.r.Uint32())
	}
	return b
}
