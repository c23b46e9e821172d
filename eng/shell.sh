# Shared by the scripts of this folder; sourced in the repository's root.
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

say() { printf 'matting: %s\n' "$1" >&2; }

fail() {
  say "$1"
  exit 1
}

# need PROGRAM HOW-TO-INSTALL-IT
need() { command -v "$1" >/dev/null || fail "$1 is needed and is not there; install it ($2) and try again"; }

need_dotnet() {
  need dotnet "the .NET 10 SDK, https://dot.net"
  dotnet --version >/dev/null 2>&1 || fail "the .NET SDK of global.json is not there ($(dotnet --list-sdks 2>/dev/null | tail -n 1)); install the .NET 10 SDK, https://dot.net"
}

# build PROJECT: Release, quietly; its errors are shown once each.
build() {
  mkdir -p artifacts
  local log
  log="artifacts/build-$(basename -- "$1").log"
  dotnet build "$1" -c Release -v quiet -nologo >"$log" 2>&1 && return
  { grep -E 'error' "$log" || tail -n 20 "$log"; } | sed 's/ \[[^][]*proj\]$//' | sort -u | head -n 40 >&2
  fail "the build of $1 failed; all of it is in $log"
}
