#!/usr/bin/env bash
# Builds everything and runs every test. The last line reads 'N passed, N failed, N skipped';
# the exit code is 1 if any failed, or if a runner ended without saying what it did.
set -euo pipefail

root="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)"
cd -- "$root"
. eng/shell.sh

passed=0 failed=0 skipped=0
logs=artifacts/tests
rm -rf -- "$logs"
mkdir -p "$logs"

complete=0
finish() { # also where something stopped us half-way: that is a failure, and still counted in the last line
  ((complete)) || failed=$((failed + 1))
  echo "$passed passed, $failed failed, $skipped skipped"
  ((failed == 0)) || exit 1
}
trap finish EXIT

count() { # NAME PASSED FAILED SKIPPED
  printf '%-42s %5d passed, %d failed, %d skipped\n' "$@"
  passed=$((passed + $2)) failed=$((failed + $3)) skipped=$((skipped + $4))
}

# Silo and Client together ask for every Orleans package that there is.
orleans_restores() {
  dotnet restore src/DistributedMatting.Silo >"$logs/restore-cluster.log" 2>&1 \
    && dotnet restore src/DistributedMatting.Client >>"$logs/restore-cluster.log" 2>&1
}

without_orleans() { # the projects of the solution that its filter leaves out
  local project
  for project in src/*/*.csproj tests/*/*.csproj; do
    project="$(basename -- "$project")"
    grep -qF "\\$project\"" DistributedMatting.Workstation.slnf || echo "${project%.csproj}"
  done
}

run_dotnet() { # PROJECT-FOLDER
  local name log summary
  name="$(basename -- "$1")"
  log="$logs/$name.log"
  local program="$1/bin/Release/net10.0/$name.dll"
  if [[ $solution == *.slnf ]] && ! grep -qF "\\$name.csproj" "$solution"; then
    echo "    $name [SKIP]: Orleans does not restore from this feed"
    count "$name" 0 0 1
    return
  fi
  if [[ ! -f $program ]]; then
    echo "    $name [SKIP]: it was not built"
    count "$name" 0 0 1
    return
  fi

  local code=0
  dotnet exec "$program" -nocolor >"$log" 2>&1 || code=$?
  summary="$(grep -E 'Total: [0-9]+, Errors: [0-9]+, Failed: [0-9]+, Skipped: [0-9]+' "$log" | tail -n 1 || true)"
  if [[ $summary =~ Total:\ ([0-9]+),\ Errors:\ ([0-9]+),\ Failed:\ ([0-9]+),\ Skipped:\ ([0-9]+) ]]; then
    local total=${BASH_REMATCH[1]} bad=$((BASH_REMATCH[2] + BASH_REMATCH[3])) skip=${BASH_REMATCH[4]}
    if ((bad > 0 || code != 0)); then cat "$log"; else grep -A 1 '\[SKIP\]' "$log" | grep -v '^--$' || true; fi
    ((bad > 0 || code == 0)) || bad=1
    count "$name" $((total - BASH_REMATCH[3] - skip)) "$bad" "$skip"
  else
    cat "$log"
    echo "    $name [FAIL]: its runner ended with $code and no summary"
    count "$name" 0 1 0
  fi
}

python_missing() { # says what the Python tests lack, nothing if they can run
  [[ -x /usr/bin/python3 ]] || { echo "/usr/bin/python3"; return; }
  local module
  for module in numpy torch cv2 onnx; do
    /usr/bin/python3 -c "import $module" 2>/dev/null || { echo "$module for /usr/bin/python3"; return; }
  done
}

python_count() { # failures|errors|skipped LOG, from a last line like FAILED (failures=1, skipped=2)
  local n
  n="$(tail -n 1 "$2" | sed -nE "s/.*$1=([0-9]+).*/\\1/p")"
  echo "${n:-0}"
}

run_python() { # FOLDER that holds test_*.py
  local name log missing code=0
  name="${1#./}"
  log="$logs/python-${name//\//-}.log"
  missing="$(python_missing)"
  if [[ -n $missing ]]; then
    grep -hoE 'def test_\w+' "$1"/test_*.py | sed "s|def \(.*\)|    $name \1 [SKIP]: $missing is not there (eng/python.sh installs it)|"
    count "$name" 0 0 "$(grep -hcE 'def test_\w+' "$1"/test_*.py | awk '{n += $1} END {print n}')"
    return
  fi

  local top="$1"
  [[ ! -f $1/__init__.py ]] || top=models # a package is imported by its full name
  PYTHONPATH="$root/models" /usr/bin/python3 -m unittest discover -v -s "$1" -t "$top" >"$log" 2>&1 || code=$?
  local total bad skip
  total="$(sed -nE 's/^Ran ([0-9]+) tests? in .*/\1/p' "$log" | tail -n 1)"
  if [[ -z $total || $total == 0 ]]; then
    cat "$log"
    echo "    $name [FAIL]: its runner ended with $code and ran nothing"
    count "$name" 0 1 0
    return
  fi
  bad="$(python_count failures "$log")"
  bad=$((bad + $(python_count errors "$log")))
  skip="$(python_count skipped "$log")"
  ((code == 0 || bad > 0)) || bad=1
  if ((bad > 0)); then cat "$log"; else grep -E '\.\.\. skipped' "$log" || true; fi
  count "$name" $((total - bad - skip)) "$bad" "$skip"
}

need_dotnet
bash eng/setup.sh

solution=DistributedMatting.sln
if ! orleans_restores; then
  solution=DistributedMatting.Workstation.slnf
  say "Orleans does not restore from this feed ($logs/restore-cluster.log); left out: $(without_orleans | paste -sd' ')"
fi
say "building $solution"
build "$solution"

for project in tests/*.Tests; do run_dotnet "$project"; done
while IFS= read -r folder; do run_python "$folder"; done \
  < <(find models -name 'test_*.py' -printf '%h\n' | sort -u)
complete=1
