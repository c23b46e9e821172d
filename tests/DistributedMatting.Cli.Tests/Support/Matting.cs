using System.Diagnostics;

namespace DistributedMatting.Cli.Tests;

/// <summary>The real command line, as a process of its own.</summary>
internal static class Matting
{
    /// <summary>Longer than any command of a test takes on a loaded machine; only a hang reaches it.</summary>
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(5);

    internal sealed record Result(int ExitCode, string Output, string Error)
    {
        public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        public override string ToString() => $"exit code {ExitCode}\n--- standard output\n{Output}\n--- standard error\n{Error}";
    }

    public static Process Start(params string[] arguments)
    {
        var info = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        info.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "matting.dll"));
        foreach (var argument in arguments) info.ArgumentList.Add(argument);
        return Process.Start(info) ?? throw new InvalidOperationException("dotnet did not start");
    }

    /// <summary>Sends a signal, by its name without SIG; false where the process has ended.</summary>
    public static async Task<bool> SignalAsync(Process process, string signal)
    {
        using var kill = Process.Start("kill", $"-{signal} {process.Id}");
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        return kill.ExitCode == 0;
    }

    public static async Task<Result> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        using var hang = new CancellationTokenSource(Hang);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(hang.Token);
            var error = process.StandardError.ReadToEndAsync(hang.Token);
            await process.WaitForExitAsync(hang.Token);
            return new Result(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"'matting {string.Join(' ', arguments)}' did not end within {Hang}");
        }
    }

    /// <summary>Runs, and asserts what every bad input gets: exit code 2, one line, nothing on standard output.</summary>
    public static async Task<string> RefusesAsync(params string[] arguments)
    {
        var result = await RunAsync(arguments);
        Assert.True(result.ExitCode == 2, result.ToString());
        Assert.True(result.ErrorLines.Length == 1, result.ToString());
        Assert.True(result.Output.Length == 0, result.ToString());
        return result.ErrorLines[0];
    }
}
