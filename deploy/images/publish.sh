#!/usr/bin/env bash
# Builds what the images hold, into one folder: matting-silo, matting, the model, the native libraries.
#   publish.sh FOLDER        for CPUs
#   publish.sh FOLDER gpu    for CUDA
# Needs the .NET 10 SDK, npm, and a package feed with Orleans; where it runs, .NET 10's ASP.NET runtime is enough.
set -euo pipefail

(($# >= 1)) || { echo "publish: say where to, as: publish.sh /opt/matting" >&2; exit 2; }
wanted=(matting-silo matting libvips.so libonnxruntime.so weights/hdmatt-s/card.json)
case "${2-cpu}" in
  cpu) options=() ;;
  gpu) options=(-p:OnnxRuntime=Gpu) wanted+=(libonnxruntime_providers_cuda.so) ;;
  *) echo "publish: '$2' is neither cpu nor gpu" >&2; exit 2 ;;
esac

place="$(mkdir -p -- "$1" && cd -- "$1" && pwd)"
[[ -z "$(ls -A -- "$place")" ]] || { echo "publish: $place is not empty" >&2; exit 2; }
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

bash eng/natives.sh
for project in DistributedMatting.Silo DistributedMatting.Cli; do
  dotnet publish "src/$project" -c Release -r linux-x64 --no-self-contained "${options[@]}" -p:DebugType=none -p:GenerateDocumentationFile=false -p:RunAnalyzers=false \
    -v quiet -nologo -o "$place"
done

for file in "${wanted[@]}"; do
  [[ -e $place/$file ]] || { echo "publish: $file was not made" >&2; exit 1; }
done
chmod -R a+rX,go-w -- "$place" # whoever runs it reads it, and nobody changes it
