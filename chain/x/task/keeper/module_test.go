package keeper_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/dmcn/dmcn/chain/x/task/types"
)

func TestStoreModuleRefuses(t *testing.T) {
	f := newFixture(t)
	good := wasm("good")
	store := func(change func(*types.MsgStoreModule)) *types.MsgStoreModule {
		msg := &types.MsgStoreModule{Author: f.named("author"), Code: gzipped(good), Name: "good"}
		change(msg)
		return msg
	}
	for name, c := range map[string]struct {
		change func(*types.MsgStoreModule)
		want   error
	}{
		"raw bytes, not gzip":     {func(m *types.MsgStoreModule) { m.Code = good }, types.ErrInvalidModule},
		"empty":                   {func(m *types.MsgStoreModule) { m.Code = nil }, types.ErrInvalidModule},
		"not WASM":                {func(m *types.MsgStoreModule) { m.Code = gzipped([]byte("#!/bin/sh")) }, types.ErrInvalidModule},
		"a component, not a core": {func(m *types.MsgStoreModule) { m.Code = gzipped([]byte{0, 'a', 's', 'm', 13, 0, 1, 0}) }, types.ErrInvalidModule},
		"cut short":               {func(m *types.MsgStoreModule) { m.Code = m.Code[:len(m.Code)-4] }, types.ErrInvalidModule},
		"bytes behind it":         {func(m *types.MsgStoreModule) { m.Code = append(m.Code, 0) }, types.ErrInvalidModule},
		"a second member":         {func(m *types.MsgStoreModule) { m.Code = append(m.Code, gzipped(good)...) }, types.ErrInvalidModule},
		"too large gzipped": {
			func(m *types.MsgStoreModule) { m.Code = make([]byte, types.MaxModuleWire+1) }, types.ErrModuleTooLarge,
		},
		"a bomb": {
			func(m *types.MsgStoreModule) { m.Code = gzipped(make([]byte, 32<<20)) }, types.ErrModuleTooLarge,
		},
		"royalty":     {func(m *types.MsgStoreModule) { m.RoyaltyBps = 2_001 }, types.ErrInvalidModule},
		"name":        {func(m *types.MsgStoreModule) { m.Name = strings.Repeat("n", 65) }, types.ErrInvalidModule},
		"bad address": {func(m *types.MsgStoreModule) { m.Author = "dmcn1nobody" }, types.ErrInvalidAddress},
	} {
		t.Run(name, func(t *testing.T) { refused(t, f, f.msgs.StoreModule, store(c.change), c.want) })
	}
	t.Run("poor author", func(t *testing.T) {
		_, err := send(f, f.msgs.StoreModule, store(func(m *types.MsgStoreModule) { m.Author = f.named("poor") }))
		require.ErrorContains(t, err, "insufficient funds")
	})
	t.Run("twice", func(t *testing.T) {
		must(f, f.msgs.StoreModule, store(func(*types.MsgStoreModule) {}))
		refused(t, f, f.msgs.StoreModule, store(func(m *types.MsgStoreModule) { m.Author = f.named("bob") }), types.ErrModuleExists)
	})
	t.Run("at the limit", func(t *testing.T) {
		largest := make([]byte, types.MaxModuleSize)
		copy(largest, wasm(""))
		must(f, f.msgs.StoreModule, store(func(m *types.MsgStoreModule) { m.Code = gzipped(largest) }))
		refused(t, f, f.msgs.StoreModule, store(func(m *types.MsgStoreModule) { m.Code = gzipped(append(largest, 0)) }), types.ErrModuleTooLarge)
	})
	t.Run("removed by another", func(t *testing.T) {
		msg := &types.MsgRemoveModule{Author: f.named("bob"), ModuleId: types.ModuleID(good)}
		refused(t, f, f.msgs.RemoveModule, msg, types.ErrUnauthorized)
		msg.ModuleId = make([]byte, 32)
		refused(t, f, f.msgs.RemoveModule, msg, types.ErrUnknownModule)
	})
}
