#!/usr/bin/env bash
# Installs what the chart's tests need on Debian or Ubuntu: Go, and the libraries that Helm's engine is made of.
# The rest comes from npm, when the tests ask eng/chart-tools.sh.
set -euo pipefail

packages=(golang-go golang-github-masterminds-sprig-dev golang-k8s-sigs-yaml-dev)
dpkg -s "${packages[@]}" >/dev/null 2>&1 && exit 0

. "$(dirname -- "${BASH_SOURCE[0]}")/apt.sh"
apt_install chart "install by hand: ${packages[*]}" "${packages[@]}"
