#!/usr/bin/env bash
# Generates the Go and TypeScript types of the wire contract. Third-party protos and plugins come from the versions that chain/go.mod pins.
set -euo pipefail
cd "$(dirname "$0")"
root=$(cd .. && pwd)
bin=$root/build/bin
mkdir -p "$bin"

module_dir() { (cd "$root/chain" && go list -m -f '{{.Dir}}' "$1"); }

third_party() {
  local sdk gogo cosmosproto gateway dir=third_party
  (cd "$root/chain" && go mod download github.com/cosmos/cosmos-sdk github.com/cosmos/gogoproto github.com/cosmos/cosmos-proto github.com/grpc-ecosystem/grpc-gateway)
  sdk=$(module_dir github.com/cosmos/cosmos-sdk)
  gogo=$(module_dir github.com/cosmos/gogoproto)
  cosmosproto=$(module_dir github.com/cosmos/cosmos-proto)
  gateway=$(module_dir github.com/grpc-ecosystem/grpc-gateway)
  rm -rf "$dir"
  mkdir -p "$dir"/{amino,cosmos/msg/v1,cosmos/base/query/v1beta1,gogoproto,cosmos_proto,google/api}
  cp "$sdk/proto/amino/amino.proto" "$dir/amino/"
  cp "$sdk/proto/cosmos/msg/v1/msg.proto" "$dir/cosmos/msg/v1/"
  cp "$sdk/proto/cosmos/base/query/v1beta1/pagination.proto" "$dir/cosmos/base/query/v1beta1/"
  cp "$gogo/gogoproto/gogo.proto" "$dir/gogoproto/"
  cp "$cosmosproto/proto/cosmos_proto/cosmos.proto" "$dir/cosmos_proto/"
  cp "$gateway"/third_party/googleapis/google/api/{annotations,http}.proto "$dir/google/api/"
  chmod -R u+w "$dir"
}

plugins() {
  (cd "$root/chain" && GOBIN=$bin go install github.com/cosmos/gogoproto/protoc-gen-gocosmos@"$(go list -m -f '{{.Version}}' github.com/cosmos/gogoproto)")
  (cd "$root/chain" && GOBIN=$bin go install github.com/grpc-ecosystem/grpc-gateway/protoc-gen-grpc-gateway@"$(go list -m -f '{{.Version}}' github.com/grpc-ecosystem/grpc-gateway)")
}

third_party
[ "${1:-}" = lint ] && exec npx --no-install buf lint
plugins
rm -rf "$root/build/gen-go" "$root/build/gen-ts"
npx --no-install buf generate --path dmcn
go_gen=$root/build/gen-go/github.com/dmcn/dmcn/chain/x
ts_gen=$root/build/gen-ts
find "$ts_gen" -mindepth 1 -maxdepth 2 ! -path "$ts_gen/dmcn*" ! -path "$ts_gen/cosmos" ! -path "$ts_gen/cosmos/base" -prune -exec rm -r {} +
ts_committed=$root/chain-client/src/cosmos/gen

if [ "${1:-}" = check ]; then
  diff -r "$ts_gen" "$ts_committed"
  (cd "$go_gen" && find . -name '*.go') | while read -r file; do diff -q "$go_gen/$file" "$root/chain/x/$file"; done
  (cd "$root/chain/x" && find . -name '*.pb*.go') | while read -r file; do [ -f "$go_gen/$file" ] || { echo "chain/x/$file has no proto: run npm run gen" >&2; exit 1; }; done
  echo 'generated code is current' >&2
else
  cp -r "$go_gen" "$root/chain/"
  rm -rf "$ts_committed"
  cp -r "$ts_gen" "$ts_committed"
fi
