using System.Diagnostics;
using System.Text.Json;
using DistributedMatting.Cli.Errors;
using DistributedMatting.Core;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Workstation.Bench;

namespace DistributedMatting.Cli.Bench;

/// <summary>Runs one method in a process of its own, so that its peak memory is its own.</summary>
internal static class BenchChild
{
    /// <param name="arguments">What to give to <c>matting</c>; it writes one <see cref="BenchResult"/> as JSON.</param>
    /// <param name="cancellation">Ends the child.</param>
    /// <exception cref="InvalidInputException">What the child refused.</exception>
    public static async Task<BenchResult> RunAsync(IEnumerable<string> arguments, CancellationToken cancellation)
    {
        // Ours, so that it goes even where the child had no time to tidy up.
        var scratch = Directory.CreateTempSubdirectory("matting-bench-");
        try
        {
            return await RunAsync(StartInfo(arguments, scratch.FullName), cancellation);
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private static async Task<BenchResult> RunAsync(ProcessStartInfo start, CancellationToken cancellation)
    {
        using var process = Process.Start(start) ?? throw new InvalidOperationException("the measuring process did not start");
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var error = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            if (process.ExitCode != ExitCodes.Ok) throw Refused(process.ExitCode, await error);
            return JsonSerializer.Deserialize<BenchResult>(await output, JobJson.Options)
                ?? throw new InvalidOperationException("the measuring process said nothing");
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static ProcessStartInfo StartInfo(IEnumerable<string> arguments, string scratch)
    {
        var host = Environment.ProcessPath ?? throw new InvalidOperationException("this process does not know its own program");
        var info = new ProcessStartInfo(host) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        info.Environment["TMPDIR"] = scratch;
        if (Path.GetFileNameWithoutExtension(host) == "dotnet") info.ArgumentList.Add(typeof(BenchChild).Assembly.Location);
        foreach (var argument in arguments) info.ArgumentList.Add(argument);
        return info;
    }

    private static Exception Refused(int exitCode, string error)
    {
        var line = error.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? $"exit code {exitCode}";
        line = line.StartsWith("matting: ", StringComparison.Ordinal) ? line["matting: ".Length..] : line;
        return exitCode == ExitCodes.BadInput
            ? new InvalidInputException(line)
            : new InvalidOperationException($"a measuring process ended with {exitCode}: {line}");
    }
}
