#!/usr/bin/env bash
# Installs what training, export and their tests need, for /usr/bin/python3 (Debian or Ubuntu).
# libopenblas0-openmp: with the default BLAS, torch is ten times slower.
set -euo pipefail

packages=(python3-torch libopenblas0-openmp python3-opencv python3-onnx)
/usr/bin/python3 -c 'import numpy, torch, cv2, onnx' 2>/dev/null && exit 0

command -v apt-get >/dev/null || { echo "python: apt-get is not there; install by hand: ${packages[*]}" >&2; exit 1; }
as_root=()
if ((EUID != 0)); then
  command -v sudo >/dev/null || { echo "python: run as root, or install by hand: ${packages[*]}" >&2; exit 1; }
  as_root=(sudo)
fi

export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -q
"${as_root[@]}" apt-get install -y -q --no-install-recommends "${packages[@]}"
