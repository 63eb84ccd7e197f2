#!/usr/bin/env bash
# Installs the engines and compilers that the execution profile is checked with, as far as they are missing: as root on Debian 12.
# Elsewhere it says in one line what is missing. Quick when nothing is.
set -euo pipefail
packages=(
  libjavascriptcoregtk-4.0-bin libmozjs-102-dev chromium qemu-user python3-pip
  binaryen
  clang lld wasi-libc libclang-rt-14-dev-wasm32 libc++-14-dev-wasm32 libc++abi-14-dev-wasm32 gcc g++
  rustc libstd-rust-dev-wasm32
)

if ! command -v dpkg-query >/dev/null; then
  echo "engines: this is no Debian; what is compared needs jsc, js102, chromium, qemu-aarch64, pip, wasm-opt, clang and wasi-libc" >&2
  exit 1
fi
installed=$(dpkg-query --show --showformat '${Package} ${db:Status-Status}\n' "${packages[@]}" 2>/dev/null | grep ' installed$' || true)
missing=()
for package in "${packages[@]}"; do
  grep -qx "$package installed" <<<"$installed" || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0
if [ "$(id -u)" -ne 0 ]; then
  echo "engines: run as root: apt-get install --no-install-recommends ${missing[*]}" >&2
  exit 1
fi
echo "engines: installing ${missing[*]}" >&2
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
