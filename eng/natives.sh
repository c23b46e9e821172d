#!/usr/bin/env bash
# Fetches the native libraries that NuGet does not carry and lays them out under .native/ (ignored by git):
#   .native/libvips/libvips.so            image codecs, with versions.json naming what is linked in
#   .native/onnxruntime/Runtime/**/*.shared.cs   ONNX Runtime's own C# API, compiled by DistributedMatting.OnnxRuntime
#   .native/onnxruntime/lib/*.so          ONNX Runtime for linux-x64
# npm checks every package against the sha512 in eng/natives/package-lock.json; no package's script is run.
# Idempotent: returns at once when the lock file is the one that was laid out.
set -euo pipefail

fail() { printf 'natives: %s\n' "$1" >&2; exit 1; }

root="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)"
lock="$root/eng/natives/package-lock.json"
native="$root/.native"

wanted="$(cat "$lock" "${BASH_SOURCE[0]}" | sha256sum | cut -d' ' -f1)"
done_already() { [[ -f "$native/stamp" && "$(<"$native/stamp")" == "$wanted" \
  && -f "$native/libvips/libvips.so" && -f "$native/onnxruntime/lib/libonnxruntime.so" ]]; }
done_already && exit 0

[[ "$(uname -s)-$(uname -m)" == Linux-x86_64 ]] \
  || fail "only Linux on x86-64 has packaged native libraries; this is $(uname -s) on $(uname -m)"
command -v npm >/dev/null \
  || fail "npm is needed to fetch libvips and ONNX Runtime; install it (Debian: apt-get install npm) and try again"

mkdir -p "$native" || fail "cannot create $native"
exec 9>"$native/lock"
flock 9 # two builds at once: the second waits, then finds the work done
done_already && exit 0
rm -rf -- "$native"/partial-* # left by one that was killed

work="$(mktemp -d "$native/partial-XXXXXX")" || fail "cannot write to $native"
trap 'rm -rf -- "$work"' EXIT
cp "$root/eng/natives/package.json" "$lock" "$work/"

printf 'natives: fetching libvips and ONNX Runtime from npm (about 160 MB, once)\n' >&2
if ! npm ci --prefix "$work" --ignore-scripts --no-audit --no-fund --loglevel=error >"$work/npm.log" 2>&1; then
  why="$(grep -m1 -E 'EINTEGRITY|ENOTFOUND|ECONN|ETIMEDOUT|ENOSPC|EACCES|E40[0-9]|EBADPLATFORM' "$work/npm.log" || tail -n 1 "$work/npm.log")"
  fail "npm could not fetch the packages of eng/natives/package-lock.json: ${why:-no reason given}"
fi

vips="$work/node_modules/@img/sharp-libvips-linux-x64"
ort="$work/node_modules/com.github.asus4.onnxruntime"

mkdir -p "$work/libvips" "$work/onnxruntime/lib" "$work/onnxruntime/Runtime"
cp "$vips"/lib/libvips-cpp.so.* "$work/libvips/libvips.so" \
  && cp "$vips/versions.json" "$vips/README.md" "$vips/package.json" "$work/libvips/" \
  && (cd "$ort/Runtime" && find . -name '*.shared.cs' -exec cp --parents {} "$work/onnxruntime/Runtime/" \;) \
  && cp "$ort/LICENSE" "$ort/ThirdPartyNotices.txt" "$ort/package.json" "$work/onnxruntime/" \
  && cp "$ort"/Plugins/Linux/x64/*.so "$work/onnxruntime/lib/" \
  || fail "a package is not laid out as expected, or there is no space left in $native"

rm -rf -- "$native/libvips" "$native/onnxruntime" "$native/stamp"
mv "$work/libvips" "$work/onnxruntime" "$native/"
printf '%s' "$wanted" >"$native/stamp"
