using System.Globalization;
using DistributedMatting.Chaos.Farm;

namespace DistributedMatting.Cluster.Tests;

/// <summary>The program <c>matting-silo</c>, with hdmatt-s and ports that are free.</summary>
internal static class SiloProgram
{
    /// <summary>What it says when it is up.</summary>
    public const string Up = "is up";

    /// <summary>Starts it. Tests that run in the background of a shell have SIGINT ignored, and children inherit that: this one does not.</summary>
    public static ChildProcess Start(string folder, params string[] words) => ChildProcess.Start(
        "env",
        [
            "--default-signal=INT", Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            .. Words(folder), .. words.Contains("--silo-port") ? [] : FreePorts(), .. words,
        ]);

    /// <summary>Two ports of its own, for a silo that is to be followed by another in its place.</summary>
    public static string[] FreePorts() =>
        ["--silo-port", Ports.Free().ToString(CultureInfo.InvariantCulture), "--gateway-port", Ports.Free().ToString(CultureInfo.InvariantCulture)];

    private static string[] Words(string folder) =>
        [
            "exec", Path.Combine(AppContext.BaseDirectory, "matting-silo.dll"), "--folder", folder, "--root", Path.GetTempPath(),
            "--model", Path.Combine(RepositoryRoot(), "models", "weights", "hdmatt-s"), "--role", "cpu", "--role", "coordinator",
        ];

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DistributedMatting.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run in a checkout.");
    }
}
