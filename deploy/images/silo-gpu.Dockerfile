# syntax=docker/dockerfile:1
# A silo on a GPU, and the command line beside it. From the repository's root:
#   docker build -f deploy/images/silo-gpu.Dockerfile -t distributed-matting/silo-gpu:0.1.0 .
# The CUDA here must be of the major version that ONNX Runtime's package was built for (Directory.Packages.props):
# --build-arg CUDA=… takes another.
ARG CUDA=13.0.2-cudnn-runtime-ubuntu24.04

FROM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
RUN apt-get update && apt-get install -y --no-install-recommends npm && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN --mount=type=cache,target=/root/.nuget/packages --mount=type=cache,target=/root/.npm \
    bash deploy/images/publish.sh /out gpu

FROM nvidia/cuda:${CUDA}
COPY --from=mcr.microsoft.com/dotnet/aspnet:10.0-noble /usr/share/dotnet /usr/share/dotnet
COPY --from=build /out /app
# Another CUDA would only be noticed by the first plate.
RUN --mount=type=bind,source=deploy/images/check-cuda.sh,target=/check-cuda.sh bash /check-cuda.sh /app
ENV HOME=/tmp DOTNET_ROOT=/usr/share/dotnet DOTNET_EnableDiagnostics=0 NVIDIA_DRIVER_CAPABILITIES=compute,utility
USER 1654:1654
EXPOSE 7700 11111 30000
ENTRYPOINT ["/app/matting-silo"]
