# Shared by the scripts of this folder that install what tests need (Debian or Ubuntu); sourced.

# apt_install WHO BY-HAND PACKAGE…: BY-HAND is what to do on a machine without apt-get.
apt_install() {
  local who=$1 by_hand=$2 as_root=()
  shift 2
  command -v apt-get >/dev/null || { echo "$who: apt-get is not there; $by_hand" >&2; exit 1; }
  if ((EUID != 0)); then
    command -v sudo >/dev/null || { echo "$who: run as root, or install by hand: $*" >&2; exit 1; }
    as_root=(sudo)
  fi

  export DEBIAN_FRONTEND=noninteractive
  "${as_root[@]}" apt-get update -q
  "${as_root[@]}" apt-get install -y -q --no-install-recommends "$@"
}
