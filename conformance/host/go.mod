module github.com/dmcn/dmcn/conformance/host

go 1.26.5

require github.com/tetratelabs/wazero v1.12.0

require golang.org/x/sys v0.44.0 // indirect
