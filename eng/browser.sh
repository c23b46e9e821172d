#!/usr/bin/env bash
# Installs the browser that the dashboard's tests drive, Debian's chromium, and axe-core, by which they check the pages.
set -euo pipefail

axe=4.14.1
natives=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/.native
if [[ ! -f $natives/axe-core/axe.min.js ]] && command -v npm >/dev/null; then
  fetched=$(mktemp -d)
  trap 'rm -rf "$fetched"' EXIT
  (cd "$fetched" && npm pack --silent "axe-core@$axe" >/dev/null && tar xzf "axe-core-$axe.tgz" package/axe.min.js package/LICENSE)
  mkdir -p "$natives/axe-core"
  mv "$fetched/package/LICENSE" "$fetched/package/axe.min.js" "$natives/axe-core/"
fi

[[ -x /usr/bin/chromium ]] && exit 0

. "$(dirname -- "${BASH_SOURCE[0]}")/apt.sh"
apt_install browser "install chromium by hand, as /usr/bin/chromium" chromium
