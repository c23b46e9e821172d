#!/usr/bin/env bash
# Lays out what the chart's tests run, under artifacts/chart (ignored by git):
#   render                    tests/DistributedMatting.Deploy.Tests/Tools/render, built
#   objects.mjs, values.mjs   the checks against schemas, with their packages from npm (55 MB, once)
# Says on standard error in one line what is missing. Idempotent, and quick when there is nothing to do.
set -euo pipefail

fail() { printf '%s\n' "$1" >&2; exit 1; }

root="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)"
tools="$root/tests/DistributedMatting.Deploy.Tests/Tools"
place="$root/artifacts/chart"
mkdir -p "$place" 2>/dev/null || fail "cannot write to $place"
exec 9>"$place/lock"
flock 9

wanted="$(cat "$tools"/render/*.go | sha256sum | cut -d' ' -f1)"
if [[ ! -x $place/render || "$(cat "$place/render.stamp" 2>/dev/null)" != "$wanted" ]]; then
  [[ -f /usr/share/gocode/src/github.com/Masterminds/sprig/doc.go && -d /usr/share/gocode/src/sigs.k8s.io/yaml ]] && command -v go >/dev/null \
    || fail "what Helm's engine is made of is not there (eng/chart.sh installs it)"
  (cd "$tools/render" && GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE="$place/go-cache" go build -o "$place/render.new" .) 2>"$place/render.log" \
    || fail "the renderer does not build: $(grep -m1 -v '^#' "$place/render.log")"
  mv -f "$place/render.new" "$place/render"
  printf '%s' "$wanted" >"$place/render.stamp"
fi

wanted="$(cat "$tools"/schemas/package*.json | sha256sum | cut -d' ' -f1)"
cp "$tools"/schemas/*.json "$tools"/schemas/*.mjs "$place/"
if [[ ! -d $place/node_modules || "$(cat "$place/schemas.stamp" 2>/dev/null)" != "$wanted" ]]; then
  command -v npm >/dev/null || fail "npm is not there to fetch Kubernetes' schemas"
  rm -f -- "$place/schemas.stamp"
  npm ci --prefix "$place" --ignore-scripts --no-audit --no-fund --loglevel=error >"$place/npm.log" 2>&1 \
    || fail "npm could not fetch Kubernetes' schemas: $(grep -m1 -E 'EINTEGRITY|ENOTFOUND|ECONN|ETIMEDOUT|ENOSPC|E40[0-9]' "$place/npm.log" || tail -n 1 "$place/npm.log")"
  printf '%s' "$wanted" >"$place/schemas.stamp"
fi
