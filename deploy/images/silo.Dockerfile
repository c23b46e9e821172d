# syntax=docker/dockerfile:1
# A silo on CPUs, and the command line beside it. From the repository's root:
#   docker build -f deploy/images/silo.Dockerfile -t distributed-matting/silo:0.1.0 .
FROM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
RUN apt-get update && apt-get install -y --no-install-recommends npm && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN --mount=type=cache,target=/root/.nuget/packages --mount=type=cache,target=/root/.npm \
    bash deploy/images/publish.sh /out

# No shell, no package manager; its user 'app' is 1654.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled
COPY --from=build /out /app
ENV HOME=/tmp DOTNET_EnableDiagnostics=0
USER 1654:1654
EXPOSE 7700 11111 30000
ENTRYPOINT ["/app/matting-silo"]
