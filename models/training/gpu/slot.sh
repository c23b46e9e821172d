#!/usr/bin/env bash
# One slot of training on a GPU machine: everything comes from PACK (gpu/pack.py), pieces of the run go to OUT.
#   models/training/gpu/slot.sh PACK OUT MINUTES [options of training.train …]
# Called again on the same machine it goes on; on a fresh one, weights from PACK/checkpoint are found in
# $WORK/begin/NAME/last.pt, for --begin-with. DEVICE=cpu PRODUCERS=1 runs the same on a CPU, to try it out.
set -euo pipefail
pack=$(realpath "$1") out=$(realpath -m "$2") minutes=$3
shift 3
cd "$(dirname "$0")/../.."
python=${PYTHON:-python3} device=${DEVICE:-cuda} producers=${PRODUCERS:-13} work=${WORK:-/tmp/training} side=${SIDE:-256}
run=$work/${RUN:-run}
mkdir -p "$out" "$run"
chmod +x "$pack/priors-server/DistributedMatting.PriorsServer"

# For a shell of its own, which becomes the producer: to end the one is then to end the other.
produce() { # backgrounds, folder, images, seed, first, every
  exec env OMP_NUM_THREADS=1 "$python" -m training.produce --foregrounds "$pack/data/foregrounds" --backgrounds "$1" \
    --priors-server "$pack/priors-server/DistributedMatting.PriorsServer" -o "$2" --images "$3" --seed "$4" \
    --first "$5" --every "$6" --side "$side" --patches "${PATCHES:-8}"
}

if [ -f "$pack/checkpoint/run.tar.0" ] && [ ! -d "$work/begin" ]; then
  "$python" -m training.gpu.pieces join "$pack/checkpoint" "$work/begin"
fi
trap 'kill $(jobs -p) 2>/dev/null || true' EXIT
validators=()
for ((i = 0; i < producers; i++)); do
  produce "$pack/data/validation" "$work/validation" "${VALIDATION:-26}" 990 "$i" "$producers" >"$work/validator-$i.log" 2>&1 &
  validators+=($!)
done
for one in "${validators[@]}"; do wait "$one" || { cat "$work"/validator-*.log; exit 1; }; done
# New images for as long as the slot lasts: the trainer draws on all there are.
for ((i = 0; i < producers; i++)); do
  produce "$pack/data/backgrounds" "$work/groups" "${IMAGES:-1000000}" "${SEED:-1}" "$i" "$producers" >"$work/producer-$i.log" 2>&1 &
done

bf16=()
[ "$device" = cpu ] || bf16=(--bf16)
# The time limit ends a slot, not a run: --hours in "$@" is the run's length, which its learning rate follows.
timeout --signal=INT "$((minutes * 60))" "$python" -m training.train --groups "$work/groups" --validation "$work/validation" \
  -o "$run" --device "$device" ${bf16[@]+"${bf16[@]}"} "$@" || [ $? -eq 124 ]
[ "$device" = cpu ] || "$python" -m training.gpu.speed "$run"
"$python" -m training.gpu.pieces split "$run" "$out"
tail -n 2 "$work"/producer-*.log
ls -l "$out"
