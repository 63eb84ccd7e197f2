#!/bin/sh
# Builds the example task modules. With --check it builds them elsewhere and compares them with the committed bytes:
# exit code 0 when they are the same, 1 when they differ, 3 when these tools cannot tell.
# Debian 12's clang, lld, wasi-libc, libclang-rt-14-dev-wasm32, rustc and libstd-rust-dev-wasm32 make the committed bytes;
# other versions make modules that work as well.
set -eu
cd "$(dirname "$0")"

CLANG=${CLANG:-clang}
RUSTC=${RUSTC:-/usr/bin/rustc}

missing() {
  echo "modules: cannot build, $1 is missing; Debian: apt-get install clang lld wasi-libc libclang-rt-14-dev-wasm32 rustc libstd-rust-dev-wasm32" >&2
  exit 3
}
command -v "$CLANG" >/dev/null || missing clang
command -v "$RUSTC" >/dev/null || missing rustc

same_tools() {
  "$CLANG" --version | grep -q 'clang version 14\.0\.6$' && "$RUSTC" --version | grep -q '^rustc 1\.63\.0$'
}

build_c() { # name, output
  "$CLANG" --target=wasm32-wasi -std=gnu11 -O3 -Wall -Wextra -Werror -ffp-contract=off -Wl,--strip-all -o "$2" "$1/main.c" -lm
}

build_rust() { # name, output
  "$RUSTC" --target wasm32-wasi --edition 2021 -D warnings -C opt-level=3 -C lto -C codegen-units=1 -C panic=abort \
    -C strip=symbols --remap-path-prefix "$PWD=." -o "$2" "$1/main.rs"
}

build() { # directory that gets <name>.wasm
  for name in digits bulb; do build_c "$name" "$1/$name.wasm"; done
  build_rust languages "$1/languages.wasm"
}

if [ "${1:-}" = --check ] && ! same_tools; then
  echo "modules: the committed bytes come from clang 14.0.6 and rustc 1.63.0, which are not here: not compared" >&2
  exit 3
fi
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
build "$out"

if [ "${1:-}" = --check ]; then
  status=0
  for name in digits languages bulb; do
    if cmp -s "$out/$name.wasm" "$name/$name.wasm"; then echo "$name: identical"; else
      echo "$name: the committed bytes differ from those built here; run modules/build.sh with the versions it names" >&2
      status=1
    fi
  done
  exit $status
fi
for name in digits languages bulb; do
  cp "$out/$name.wasm" "$name/$name.wasm"
  echo "$name: $(wc -c <"$name/$name.wasm") bytes"
done
