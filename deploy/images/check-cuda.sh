#!/usr/bin/env bash
# Whether ONNX Runtime finds its CUDA here: what its provider asks for must be there, but for libcuda.so.1, which comes
# with the node's driver. Ends with 1 and a sentence where it does not.
#   check-cuda.sh FOLDER     FOLDER: what publish.sh made
set -euo pipefail

fail() { printf 'check-cuda: %s\n' "$1" >&2; exit 1; }

library="${1:?say where publish.sh put its files}/libonnxruntime_providers_cuda.so"
[[ -f $library ]] || fail "$library is not there: this is no build for CUDA"
needed="$(ldd "$library")" || fail "$library cannot be read: $needed"
missing="$(awk '/not found/ && $1 != "libcuda.so.1" { printf " %s", $1 }' <<<"$needed")"
[[ -z $missing ]] || fail "this CUDA is not the one that ONNX Runtime was built for; it asks for$missing"
