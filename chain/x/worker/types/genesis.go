package types

import (
	"bytes"
	"fmt"

	"cosmossdk.io/core/address"
	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"
)

// DefaultGenesis has the default parameters and no workers.
func DefaultGenesis() *GenesisState {
	return &GenesisState{Params: DefaultParams(), NextLapseId: 1, NextSlashId: 1}
}

// Validate returns ErrInvalidGenesis naming the first thing that contradicts another.
func (g GenesisState) Validate(codec address.Codec) error {
	if err := g.Params.Validate(); err != nil {
		return err
	}
	workers, err := g.validateWorkers(codec)
	if err != nil {
		return err
	}
	if err := g.validateLapses(workers); err != nil {
		return err
	}
	if err := g.validateHistory(codec); err != nil {
		return err
	}
	if err := g.validateSlashes(codec, workers); err != nil {
		return err
	}
	return g.validateSlots(workers)
}

// validateWorkers also fixes the order, which the export has: by the bytes of the owner.
func (g GenesisState) validateWorkers(codec address.Codec) (map[string]Worker, error) {
	workers := make(map[string]Worker, len(g.Workers))
	operators := make(map[string]bool, len(g.Workers))
	var previous []byte
	for _, w := range g.Workers {
		owner, err := codec.StringToBytes(w.Owner)
		if err != nil {
			return nil, invalid("owner %q: %s", w.Owner, err)
		}
		if len(owner) != OwnerLength {
			return nil, invalid("owner %s has %d bytes, not %d", w.Owner, len(owner), OwnerLength)
		}
		if bytes.Compare(previous, owner) >= 0 {
			return nil, invalid("worker %s is out of order or there twice", w.Owner)
		}
		previous = owner
		if _, err := codec.StringToBytes(w.Operator); err != nil {
			return nil, invalid("operator %q: %s", w.Operator, err)
		}
		if operators[w.Operator] {
			return nil, invalid("operator %s serves two workers", w.Operator)
		}
		operators[w.Operator] = true
		if err := w.validate(); err != nil {
			return nil, invalid("worker %s: %s", w.Owner, err)
		}
		workers[w.Owner] = w
	}
	return workers, nil
}

func (w Worker) validate() error {
	if err := w.Terms().ValidateBasic(); err != nil {
		return err
	}
	for _, amount := range []math.Int{w.Bond, w.Locked, w.Reserved} {
		if err := CheckAmount(amount); err != nil {
			return err
		}
	}
	switch {
	case w.Locked.GT(w.Bond):
		return fmt.Errorf("%s udmc locked of a bond of %s", w.Locked, w.Bond)
	case w.Status < WORKER_STATUS_ACTIVE || w.Status > WORKER_STATUS_TOMBSTONED:
		return fmt.Errorf("status %d", w.Status)
	case w.Availability > MaxAvailability:
		return fmt.Errorf("availability %d", w.Availability)
	case w.Status == WORKER_STATUS_TOMBSTONED && w.Frauds < tombstoneFrauds:
		return fmt.Errorf("tombstoned with %d frauds", w.Frauds)
	case w.JailUntil < 0:
		return fmt.Errorf("jail until %d", w.JailUntil)
	case w.RegisteredHeight < 0:
		return fmt.Errorf("registered height %d", w.RegisteredHeight)
	}
	return nil
}

func (g GenesisState) validateLapses(workers map[string]Worker) error {
	held := map[string]math.Int{}
	var previous uint64
	for _, l := range g.Lapses {
		if l.Id <= previous || l.Id >= g.NextLapseId {
			return invalid("lapse %d is out of order, or not below next_lapse_id %d", l.Id, g.NextLapseId)
		}
		previous = l.Id
		w, ok := workers[l.Owner]
		if !ok {
			return invalid("lapse %d: no worker %s", l.Id, l.Owner)
		}
		if err := CheckAmount(l.Amount); err != nil {
			return invalid("lapse %d: %s", l.Id, err)
		}
		if l.Height < 0 || l.ReleaseHeight < l.Height {
			return invalid("lapse %d: heights %d to %d", l.Id, l.Height, l.ReleaseHeight)
		}
		if held[l.Owner].IsNil() {
			held[l.Owner] = math.ZeroInt()
		}
		held[l.Owner] = held[l.Owner].Add(l.Amount)
		if held[l.Owner].GT(w.Locked) {
			return invalid("lapses of %s hold more than the %s udmc that are locked", l.Owner, w.Locked)
		}
	}
	return nil
}

func (g GenesisState) validateHistory(codec address.Codec) error {
	var previous []byte
	for _, r := range g.LapseHistory {
		owner, err := codec.StringToBytes(r.Owner)
		if err != nil {
			return invalid("lapse history: owner %q: %s", r.Owner, err)
		}
		if r.Height < 0 || r.Id >= g.NextLapseId {
			return invalid("lapse history: %s at height %d with id %d", r.Owner, r.Height, r.Id)
		}
		key := fmt.Appendf(nil, "%x/%020d/%020d", owner, r.Height, r.Id)
		if bytes.Compare(previous, key) >= 0 {
			return invalid("lapse history: %s at height %d is out of order or there twice", r.Owner, r.Height)
		}
		previous = key
	}
	return nil
}

func (g GenesisState) validateSlashes(codec address.Codec, workers map[string]Worker) error {
	var previous uint64
	for _, s := range g.Slashes {
		if s.Id <= previous || s.Id >= g.NextSlashId {
			return invalid("slash %d is out of order, or not below next_slash_id %d", s.Id, g.NextSlashId)
		}
		previous = s.Id
		if err := s.Loss().Validate(); err != nil {
			return invalid("slash %d: %s", s.Id, err)
		}
		if s.Height < 0 || s.ReleaseHeight < s.Height {
			return invalid("slash %d: heights %d to %d", s.Id, s.Height, s.ReleaseHeight)
		}
		if _, registered := workers[s.Owner]; s.Bonded() != (s.Before != nil) || s.Bonded() && !registered {
			return invalid("slash %d of %s: the record of a worker is missing or too much", s.Id, s.Owner)
		}
		for _, text := range append(recipients(s.Shares), s.Owner) {
			if _, err := codec.StringToBytes(text); err != nil {
				return invalid("slash %d: %q: %s", s.Id, text, err)
			}
		}
	}
	return nil
}

func recipients(shares []SlashShare) []string {
	var texts []string
	for _, share := range shares {
		texts = append(texts, share.Recipient)
	}
	return texts
}

func (g GenesisState) validateSlots(workers map[string]Worker) error {
	lots := make(map[string]uint64, len(workers))
	for _, owner := range g.Slots {
		lots[owner]++
	}
	for _, w := range g.Workers {
		if lots[w.Owner] != w.Lots {
			return invalid("worker %s has %d lots and %d slots", w.Owner, w.Lots, lots[w.Owner])
		}
		if w.Status != WORKER_STATUS_ACTIVE && w.Lots > 0 {
			return invalid("worker %s is not active and has %d lots", w.Owner, w.Lots)
		}
		delete(lots, w.Owner)
	}
	for i, owner := range g.Slots {
		if _, left := lots[owner]; left {
			return invalid("slot %d: no worker %s", i, owner)
		}
	}
	return nil
}

func invalid(format string, args ...any) error {
	return errorsmod.Wrapf(ErrInvalidGenesis, format, args...)
}
