//go:build wasmtime

package main

import "github.com/dmcn/dmcn/conformance/host/wasmtime"

func init() { engines["wasmtime"] = wasmtime.New }
