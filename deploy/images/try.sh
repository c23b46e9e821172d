#!/usr/bin/env bash
# Goes through what silo.Dockerfile says without a container engine: the same sources in a clean folder, the same
# publish.sh, then the silo as user 1654 on a read-only file system, with /tmp and the shared folder writable, without
# capabilities and without the environment of who calls. Asks for its health, mattes a plate, and takes it out again.
# As root, on Linux with unshare, setpriv and curl. Some minutes. Says what was seen; ends with 1 where it was not.
#   try.sh [FOLDER]     FOLDER: what publish.sh made before, not below /tmp; left out: it is made anew
set -euo pipefail

fail() { printf 'try: %s\n' "$1" >&2; exit 1; }
seen() { printf 'ok  %s\n' "$1"; }

((EUID == 0)) || fail "run as root: it makes a file system read-only, for itself alone"
root="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)"
work="$(mktemp -d /var/tmp/matting-try-XXXXXX)"
silo=
end() {
  [[ -z $silo ]] || kill -9 "$silo" 2>/dev/null || true
  rm -rf -- "$work"
}
trap end EXIT

app="${1-}"
[[ -z $app || "$(readlink -m -- "$app")/" != /tmp/* ]] || fail "$app lies below /tmp, which is another one where the silo runs; put it elsewhere, as below /var/tmp"
if [[ -z $app ]]; then
  mkdir "$work/source"
  app="$work/app"
  git -C "$root" archive HEAD -- eng src models/weights Directory.Build.props Directory.Packages.props global.json deploy/images/publish.sh \
    | tar -x -C "$work/source"
  bash "$work/source/deploy/images/publish.sh" "$app"
  seen "publish.sh, from what silo.Dockerfile's context holds"
fi
app="$(cd -- "$app" && pwd)"
[[ -z "$(find "$app" ! -type l -perm /022 -print -quit)" ]] || fail "$app holds files that others may change"
seen "layout: $(find "$app" -type f | wc -l) files, $(du -sm "$app" | cut -f1) MB, none that its user may change"

user=1654
mkdir -p "$work/farm/plates"
clean=(env -i PATH=/nowhere HOME=/tmp DOTNET_EnableDiagnostics=0 "DOTNET_ROOT=$(dirname -- "$(readlink -f -- "$(command -v dotnet)")")")
as_user=(setpriv --reuid "$user" --regid "$user" --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all)

# box WORDS…: as the container runs them.
box() {
  exec unshare --mount bash -c '
    set -e
    mount --bind "$1" "$1"
    mount -o remount,bind,ro /
    mount -t tmpfs tmpfs /tmp
    cd / # where the caller stands may not be there any more
    shift
    exec "$@"' box "$work/farm" "${as_user[@]}" "${clean[@]}" "$@"
}

# Keys and a plate: ours, for the user.
operator="$("${clean[@]}" "$app/matting" keys add me --role operator --keys "$work/keys.json" 2>/dev/null)"
[[ -n $operator ]] || fail "no key was made"
"${clean[@]}" "$app/matting" demo --size 1000 --seed 7 -o "$work/demo" >/dev/null 2>"$work/demo.log" || fail "no plate was rendered: $(tail -n 1 "$work/demo.log")"
cp "$work/demo"/plate.* "$work/demo"/trimap.* "$work/farm/plates/"
chown -R "$user:$user" "$work/farm" "$work/keys.json"
chmod 755 "$work"

port=$((20000 + RANDOM % 10000))
box "$app/matting-silo" --folder "$work/farm/.matting" --model "$app/weights/hdmatt-s" --root "$work/farm" --keys "$work/keys.json" \
  --listen "0.0.0.0:$port" --silo-port $((port + 1)) --gateway-port $((port + 2)) >"$work/silo.log" 2>&1 &
silo=$!

health() { curl -s -o "$work/answer" -w '%{http_code}' -m 5 "http://127.0.0.1:$port/health/$1" || true; }
for ((tries = 0; ; tries++)); do
  [[ "$(health ready)" == 204 ]] && break
  kill -0 "$silo" 2>/dev/null || fail "the silo ended: $(tail -n 3 "$work/silo.log")"
  ((tries < 1500)) || fail "the silo is not ready after five minutes: $(cat "$work/answer")"
  sleep 0.2
done
for name in startup ready live; do [[ "$(health "$name")" == 204 ]] || fail "/health/$name says $(health "$name")"; done
[[ "$(awk '/^Uid:/ {print $2}' "/proc/$silo/status")" == "$user" ]] || fail "the silo is not user $user"
[[ "$(awk '/^CapEff:/ {print $2}' "/proc/$silo/status")" == 0000000000000000 ]] || fail "the silo has capabilities"
nsenter -t "$silo" -m setpriv --reuid "$user" --clear-groups --regid "$user" touch "$app/x" 2>/dev/null && fail "the file system is not read-only"
seen "up as user $user, without capabilities, on a read-only file system: startup, ready and live answer 204"

matting() { "${clean[@]}" MATTING_SERVER="http://127.0.0.1:$port" MATTING_KEY="$operator" "$app/matting" "$@" 2>"$work/matting.log"; }
code() { local code=0; matting "$@" >/dev/null || code=$?; echo "$code"; }
plate="$(ls "$work/farm/plates"/plate.*)" trimap="$(ls "$work/farm/plates"/trimap.*)"
[[ "$(code submit "$plate" "$trimap" -o "$work/farm/plates/alpha.png" --wait)" == 0 ]] || fail "no alpha: $(tail -n 1 "$work/matting.log")"
[[ -s $work/farm/plates/alpha.png && "$(stat -c %u "$work/farm/plates/alpha.png")" == "$user" ]] || fail "the alpha is not there"
seen "matting submit --wait: 0, and the alpha is user $user's"
[[ "$(code submit "$plate.not" "$trimap" -o "$work/farm/plates/b.png" --wait)" == 2 ]] || fail "a plate that is not there: not 2"
[[ "$(MATTING_SERVER=x code ls --server "http://127.0.0.1:1")" == 5 ]] || fail "no service: not 5"
seen "a plate that is not there: 2; no service: 5"

matting submit "$plate" "$trimap" -o "$work/farm/plates/c.png" --force >/dev/null
began=$SECONDS
kill -TERM "$silo"
ended=0
wait "$silo" || ended=$?
silo=
((ended == 0)) || fail "after SIGTERM it ended with $ended: $(tail -n 3 "$work/silo.log")"
((SECONDS - began <= 60)) || fail "it took $((SECONDS - began)) s to end"
seen "SIGTERM with a plate in work: 0 after $((SECONDS - began)) s"
