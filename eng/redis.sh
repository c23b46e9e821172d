#!/usr/bin/env bash
# Installs what the farm's tests start on ports of their own: redis-server (Debian or Ubuntu), and redis-cli with it.
set -euo pipefail

[[ -x /usr/bin/redis-server && -x /usr/bin/redis-cli ]] && exit 0

. "$(dirname -- "${BASH_SOURCE[0]}")/apt.sh"
apt_install redis "install redis-server by hand, as /usr/bin/redis-server" redis-server
