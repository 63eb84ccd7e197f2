#!/usr/bin/env bash
# Lints the chain with the golangci-lint that this file pins: import rules, formatting and the rest of chain/.golangci.yml.
set -euo pipefail
version=v2.6.2
root=$(cd "$(dirname "$0")/.." && pwd)
bin=$root/build/bin/golangci-lint-$version

if [ ! -x "$bin" ]; then
  GOBIN=$root/build/bin go install "github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$version"
  mv "$root/build/bin/golangci-lint" "$bin"
fi
cd "$root/chain"
exec "$bin" run --allow-serial-runners
