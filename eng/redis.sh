#!/usr/bin/env bash
# Installs what the farm's tests start on ports of their own: redis-server (Debian or Ubuntu), and redis-cli with it.
set -euo pipefail

[[ -x /usr/bin/redis-server && -x /usr/bin/redis-cli ]] && exit 0

command -v apt-get >/dev/null || { echo "redis: apt-get is not there; install redis-server by hand, as /usr/bin/redis-server" >&2; exit 1; }
as_root=()
if ((EUID != 0)); then
  command -v sudo >/dev/null || { echo "redis: run as root, or install by hand: redis-server" >&2; exit 1; }
  as_root=(sudo)
fi

export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -q
"${as_root[@]}" apt-get install -y -q --no-install-recommends redis-server
