#!/usr/bin/env bash
# Puts bokgi into the PATH of the steps that follow: a released binary, or this action's own source.
set -euo pipefail

bin="$RUNNER_TEMP/bokgi/bin"
mkdir -p "$bin"
printf '%s\n' "$bin" >>"$GITHUB_PATH"

fail() { printf '::error title=bokgi::%s\n' "$1"; exit 2; }

# The name of this machine in the names of released files.
target() {
  case "${RUNNER_OS:-}-${RUNNER_ARCH:-}" in
    Linux-X64) echo x86_64-unknown-linux-musl ;;
    Linux-ARM64) echo aarch64-unknown-linux-musl ;;
    macOS-X64) echo x86_64-apple-darwin ;;
    macOS-ARM64) echo aarch64-apple-darwin ;;
    Windows-X64) echo x86_64-pc-windows-msvc ;;
    *) return 1 ;;
  esac
}

download() {
  local name folder url
  name="bokgi-$(target).tar.gz" || fail "there is no released binary for this machine; leave version empty"
  case "$BOKGI_VERSION" in
    *[!A-Za-z0-9.+-]*) fail "version is not the name of a release" ;;
    latest) url="$BOKGI_RELEASES/latest/download/$name" ;;
    *) url="$BOKGI_RELEASES/download/v${BOKGI_VERSION#v}/$name" ;;
  esac
  folder="$RUNNER_TEMP/bokgi/download"
  mkdir -p "$folder"
  for file in "$name" "$name.sha256"; do
    curl --fail --silent --show-error --location --proto '=https' --retry 3 \
      --output "$folder/$file" "${url%"$name"}$file" || fail "release $BOKGI_VERSION has no $file"
  done
  if command -v sha256sum >/dev/null; then
    (cd "$folder" && sha256sum --check --quiet "$name.sha256")
  else
    (cd "$folder" && shasum --algorithm 256 --check --quiet "$name.sha256")
  fi || fail "the downloaded file is not the one that was released"
  tar -xzf "$folder/$name" -C "$bin"
}

build() {
  # The cache brought it.
  if [ -x "$bin/bokgi" ] || [ -x "$bin/bokgi.exe" ]; then return; fi
  command -v cargo >/dev/null || fail "building bokgi needs Rust; install it first, or set version"
  cargo install --locked --quiet --path "$GITHUB_ACTION_PATH/../.." --root "$RUNNER_TEMP/bokgi" --no-track
}

if [ -n "${BOKGI_VERSION:-}" ]; then download; else build; fi
"$bin/bokgi" --version
