#!/usr/bin/env bash
# Says which source this action would build, and where the binary goes: the key and the path of a cache.
set -euo pipefail
cd "$GITHUB_ACTION_PATH/../.."

if command -v sha256sum >/dev/null; then hash=(sha256sum); else hash=(shasum -a 256); fi
sum=$(find Cargo.toml Cargo.lock src search themes -type f -print0 | LC_ALL=C sort -z |
  xargs -0 "${hash[@]}" | "${hash[@]}" | cut -c 1-64)
{
  printf 'hash=%s\n' "$sum"
  printf 'folder=%s\n' "$RUNNER_TEMP/bokgi/bin"
} >>"$GITHUB_OUTPUT"
