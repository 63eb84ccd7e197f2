#!/usr/bin/env bash
# Installs the compilers and engines that conformance compares, as far as they are missing. Needs root on Debian 12.
set -euo pipefail
packages=(
  clang lld wasi-libc libclang-rt-14-dev-wasm32 libc++-14-dev-wasm32 libc++abi-14-dev-wasm32 gcc g++
  binaryen chromium libjavascriptcoregtk-4.0-bin libmozjs-102-dev qemu-user
)
missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi
