#!/usr/bin/env bash
# Installs what training, export and their tests need, for /usr/bin/python3 (Debian or Ubuntu).
# libopenblas0-openmp: with the default BLAS, torch is ten times slower.
set -euo pipefail

packages=(python3-torch libopenblas0-openmp python3-opencv python3-onnx)
/usr/bin/python3 -c 'import numpy, torch, cv2, onnx' 2>/dev/null && exit 0

. "$(dirname -- "${BASH_SOURCE[0]}")/apt.sh"
apt_install python "install by hand: ${packages[*]}" "${packages[@]}"
