#!/usr/bin/env bash
# Installs what the chart's tests need on Debian or Ubuntu: Go, and the libraries that Helm's engine is made of.
# The rest comes from npm, when the tests ask eng/chart-tools.sh.
set -euo pipefail

packages=(golang-go golang-github-masterminds-sprig-dev golang-k8s-sigs-yaml-dev)
dpkg -s "${packages[@]}" >/dev/null 2>&1 && exit 0

command -v apt-get >/dev/null || { echo "chart: apt-get is not there; install by hand: ${packages[*]}" >&2; exit 1; }
as_root=()
if ((EUID != 0)); then
  command -v sudo >/dev/null || { echo "chart: run as root, or install by hand: ${packages[*]}" >&2; exit 1; }
  as_root=(sudo)
fi

export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -q
"${as_root[@]}" apt-get install -y -q --no-install-recommends "${packages[@]}"
