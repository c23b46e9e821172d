#!/usr/bin/env bash
# Installs the browser that the dashboard's tests drive: Debian's chromium.
set -euo pipefail

[[ -x /usr/bin/chromium ]] && exit 0

command -v apt-get >/dev/null || { echo "browser: apt-get is not there; install chromium by hand, as /usr/bin/chromium" >&2; exit 1; }
as_root=()
if ((EUID != 0)); then
  command -v sudo >/dev/null || { echo "browser: run as root, or install by hand: chromium" >&2; exit 1; }
  as_root=(sudo)
fi

export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -q
"${as_root[@]}" apt-get install -y -q --no-install-recommends chromium
