package simulation

import (
	"math/big"
	"reflect"
	"strings"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"

	tasktypes "github.com/dmcn/dmcn/chain/x/task/types"
)

var intType = reflect.TypeFor[math.Int]()

// spoil puts rubbish into one random field of a message, and returns who signs it then: whom the message names, where
// that is somebody, so that much of it comes from the wrong account.
func (w *world) spoil(by *account, msg sdk.Msg) *account {
	if !strings.HasPrefix(sdk.MsgTypeURL(msg), "/dmcn.") {
		return by
	}
	fields := leaves(reflect.ValueOf(msg).Elem(), nil)
	w.rubbish(pick(w.r, fields))
	signers, _, err := w.app.AppCodec().GetMsgV1Signers(msg)
	if err != nil || len(signers) != 1 {
		return by
	}
	if other := w.byName[sdk.AccAddress(signers[0]).String()]; other != nil {
		return other
	}
	return by
}

// leaves are all fields of a message that can be set, those of its parts as well.
func leaves(v reflect.Value, found []reflect.Value) []reflect.Value {
	switch {
	case v.Type() == intType:
		return append(found, v)
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				found = leaves(v.Field(i), found)
			}
		}
		return found
	case v.Kind() == reflect.Slice && v.Type().Elem().Kind() != reflect.Uint8:
		found = append(found, v)
		for i := range min(v.Len(), 3) {
			found = leaves(v.Index(i), found)
		}
		return found
	}
	return append(found, v)
}

// rubbish sets a field to something wild.
func (w *world) rubbish(v reflect.Value) {
	if v.Type() == intType {
		power := new(big.Int).Lsh(big.NewInt(1), pick(w.r, []uint{0, 63, 64, 127, 128, 129, 200, 255}))
		wild := []math.Int{{}, math.ZeroInt(), math.NewInt(-1), math.NewIntFromBigInt(power), math.NewIntFromBigInt(power.Neg(power))}
		v.Set(reflect.ValueOf(pick(w.r, wild)))
		return
	}
	switch v.Kind() {
	case reflect.String:
		someone := pick(w.r, w.funded()).account
		if someone == w.thief {
			someone = w.others[0] // what the thief gets is known to be stolen
		}
		v.SetString(pick(w.r, []string{
			"", "x", someone.text, someone.text, someone.text, sdk.ValAddress(someone.addr).String(), sdk.AccAddress(w.bytes(32)).String(),
			authority(), strings.Repeat("a", 300), "\xff\x00", "http://user@blobs:4001",
		}))
	case reflect.Uint32, reflect.Uint64:
		wild := pick(w.r, []uint64{0, 1, v.Uint() + 1, v.Uint() - 1, w.r.Uint64(), 1<<32 - 1, 1<<64 - 1, 1 << 56})
		if v.Kind() == reflect.Uint32 {
			wild = uint64(uint32(wild))
		}
		v.SetUint(wild)
	case reflect.Int64:
		v.SetInt(pick(w.r, []int64{0, -1, v.Int() - 1, w.height, w.height + 1, 1<<63 - 1, -1 << 63}))
	case reflect.Int32:
		v.SetInt(w.r.Int64N(5) - 1)
	case reflect.Bool:
		v.SetBool(!v.Bool())
	case reflect.Slice:
		w.spoilSlice(v)
	}
}

func (w *world) spoilSlice(v reflect.Value) {
	if b, ok := v.Interface().([]byte); ok {
		wild := [][]byte{nil, w.bytes(32), w.bytes(31), append(w.bytes(1), b...), make([]byte, 32)}
		if len(b) > 0 {
			flipped := append([]byte{}, b...)
			flipped[w.r.IntN(len(b))] ^= 1
			wild = append(wild, b[1:], flipped, flipped)
		}
		if w.r.IntN(200) == 0 {
			wild = append(wild, make([]byte, tasktypes.MaxOutput+1))
		}
		v.SetBytes(pick(w.r, wild))
		return
	}
	switch length := v.Len(); {
	case length == 0 || w.chance(30):
		v.SetZero()
	case w.chance(50):
		v.Set(reflect.AppendSlice(v, v.Slice(0, 1+w.r.IntN(length))))
	default:
		v.Set(v.Slice(0, length-1))
	}
}
