#!/usr/bin/env bash
# Makes the command line ready to run: native libraries from npm, then a Release build.
# Returns within milliseconds when the build is newer than everything it is made of.
set -euo pipefail

root="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)"
cd -- "$root"
. eng/shell.sh

stamp=artifacts/setup.stamp
program=src/DistributedMatting.Cli/bin/Release/net10.0/matting.dll

# What the build is made of. Names are kept in the stamp too: a deleted file changes no file's time.
sources() {
  find src eng models/weights .native/stamp Directory.*.props DistributedMatting.sln global.json NuGet.config nuget.config \
    \( -name bin -o -name obj \) -prune -o -type f "$@" -print 2>/dev/null || true
}
names() { sources | LC_ALL=C sort | cksum; }
ready() { [[ -f $stamp && -f $program && -f .native/stamp && -z "$(sources -newer "$stamp")" && "$(<"$stamp")" == "$(names)" ]]; }

ready && exit 0

need_dotnet
need npm "Debian: apt-get install npm"
mkdir -p artifacts 2>/dev/null || fail "cannot write to $root/artifacts; the first start builds there"
exec 8>artifacts/setup.lock
flock 8 # two first starts at once: the second waits, then finds the work done
ready && exit 0

bash eng/natives.sh
began="$(mktemp artifacts/began-XXXXXX)"
trap 'rm -f -- "$began"' EXIT
say "building (about a minute the first time)"
build src/DistributedMatting.Cli/DistributedMatting.Cli.csproj
names >"$began.names"
touch -r "$began" "$began.names" # what was edited during the build is newer than this
mv -f "$began.names" "$stamp"
