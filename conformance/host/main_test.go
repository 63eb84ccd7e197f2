package main

import (
	"bytes"
	"strings"
	"testing"
)

const testProfile = `{"module":"wasi_snapshot_preview1","exports":{"start":"_start"},"calls":{"sched_yield":{"errno":0,"results":"i"}}}`

func TestRubbishIsAnsweredWithAReason(t *testing.T) {
	for name, c := range map[string]struct{ line, want string }{
		"no JSON":        {"}", "the line is no job"},
		"no file":        {`{"code":"/nowhere","gasLimit":"1"}`, "no such file"},
		"no module":      {`{"code":"main_test.go","gasLimit":"1"}`, "the module does not compile"},
		"no gas":         {`{"code":"main_test.go","gasLimit":"much"}`, "the line is no job"},
		"no line at all": {"", "the line is no job"},
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			in := strings.NewReader(testProfile + "\n" + c.line + "\n")
			if err := serve([]string{"wazero-interpreter"}, in, &out); err != nil {
				t.Fatal(err)
			}
			lines := strings.Split(out.String(), "\n")
			if !strings.Contains(lines[0], "wazero") || !strings.Contains(lines[1], c.want) {
				t.Fatalf("answered %q", lines)
			}
		})
	}
}

func TestRefusesToStart(t *testing.T) {
	for name, c := range map[string]struct {
		arguments []string
		in        string
	}{
		"without an engine":     {nil, testProfile + "\n"},
		"on an unknown engine":  {[]string{"v8"}, testProfile + "\n"},
		"without a profile":     {[]string{"wazero-compiler"}, ""},
		"with an empty profile": {[]string{"wazero-compiler"}, "{}\n"},
		"with a broken profile": {[]string{"wazero-compiler"}, "{\n"},
	} {
		t.Run(name, func(t *testing.T) {
			if err := serve(c.arguments, strings.NewReader(c.in), &bytes.Buffer{}); err == nil {
				t.Fatal("started")
			}
		})
	}
}
