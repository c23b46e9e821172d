using System.Diagnostics;

namespace DistributedMatting.Cli.Tests;

/// <summary>A run that is killed, and the same command again.</summary>
public sealed class ResumeTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Workplace _here = new();

    public void Dispose() => _here.Dispose();

    [Fact]
    public async Task Killed_SameCommandAgain_SameBytes()
    {
        await DemoAsync("whole");
        await KillWhileMattingAsync("killed");
        await DemoAsync("killed");

        Assert.Equal(File.ReadAllBytes(Alpha("whole")), File.ReadAllBytes(Alpha("killed")));
        Assert.False(Directory.Exists(Alpha("killed") + ".job"));
    }

    [Fact]
    public async Task Terminated_SaysThatItGoesOn()
    {
        using var process = Matting.Start(Demo("stopped"));
        await JobBeginsAsync(process, "stopped");
        using (Process.Start("kill", $"-TERM {process.Id}")) { }
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        if (process.ExitCode == 0) Assert.Skip("the run was over before the signal came");

        Assert.Equal(130, process.ExitCode);
        Assert.Contains("goes on", error, StringComparison.Ordinal);
        Assert.False(File.Exists(Alpha("stopped")));
    }

    private async Task KillWhileMattingAsync(string name)
    {
        using var process = Matting.Start(Demo(name));
        await JobBeginsAsync(process, name);
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    // The patches' file appears when inference begins.
    private async Task JobBeginsAsync(Process process, string name)
    {
        var began = Stopwatch.StartNew();
        var patches = Path.Combine(Alpha(name) + ".job", "patches.journal");
        while (!File.Exists(patches) && !process.HasExited && !File.Exists(Alpha(name)))
        {
            Assert.True(began.Elapsed < Patience, $"{patches} did not appear within {Patience}");
            await Task.Yield();
        }
    }

    private string[] Demo(string name) => ["demo", "--size", "900", "-o", _here.At(name), "--model", Workplace.Model, "--threads", "1", "--contexts", "60"];

    private Task<Matting.Result> DemoAsync(string name) => RunTests.SucceedsAsync(Demo(name));

    private string Alpha(string name) => Path.Combine(_here.At(name), "alpha.tif");
}
