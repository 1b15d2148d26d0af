#!/usr/bin/env bash
# Checks the reports: annotations, the step summary, the exit code, and SARIF if it was asked for.
#
# Runs where the repository is checked out, because GitHub reads the paths of findings from there.
set -euo pipefail

args=(check --format github)
if [ -n "${BOKGI_ROOT:-}" ]; then args+=(--root "$BOKGI_ROOT"); fi
if [ -n "${BOKGI_FAIL_ON:-}" ]; then args+=(--fail-on "$BOKGI_FAIL_ON"); fi
if [ -n "${BOKGI_LANG:-}" ]; then args+=(--lang "$BOKGI_LANG"); fi

sarif="$RUNNER_TEMP/bokgi/bokgi.sarif"
rm -f "$sarif"
if [ "${BOKGI_SARIF:-false}" = true ]; then
  mkdir -p "$RUNNER_TEMP/bokgi"
  args+=(--output "sarif=$sarif")
fi

read -r -a more <<<"${BOKGI_ARGS:-}"
args+=(${more[@]+"${more[@]}"})
args+=(--)
while IFS= read -r path; do
  if [ -n "$path" ]; then args+=("$path"); fi
done <<<"${BOKGI_PATHS:-}"

code=0
bokgi "${args[@]}" || code=$?
printf 'exit-code=%s\n' "$code" >>"$GITHUB_OUTPUT"
if [ -s "$sarif" ]; then printf 'sarif=%s\n' "$sarif" >>"$GITHUB_OUTPUT"; fi
exit "$code"
