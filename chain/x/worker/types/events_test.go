package types_test

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/dmcn/dmcn/chain/x/worker/types"
)

// untold are fields that no change but a registration or an update of terms moves, and the bond of outstanding offers.
var untold = map[string]bool{
	"Owner": true, "Operator": true, "EncryptionKey": true, "Ask": true, "Rate": true, "Memory": true, "Features": true,
	"Modules": true, "MaxGasLimit": true, "RegisteredHeight": true, "Reserved": true,
}

// TestEveryFieldThatChangesIsTold changes each field of a worker alone.
func TestEveryFieldThatChangesIsTold(t *testing.T) {
	fields := reflect.TypeFor[types.Worker]()
	for i := range fields.NumField() {
		name := fields.Field(i).Name
		if untold[name] {
			continue
		}
		old := newWorker(5_000)
		next := old
		switch field := reflect.ValueOf(&next).Elem().Field(i); field.Kind() {
		case reflect.Struct:
			field.Set(reflect.ValueOf(math.NewInt(77)))
		case reflect.Int64, reflect.Int32:
			field.SetInt(77)
		default:
			field.SetUint(77)
		}
		require.NotEmpty(t, types.Changes(old, next, "cause", types.BatchRef{}), name)
	}
}
