using System.Diagnostics;
using DistributedMatting.Core.Plates;

namespace DistributedMatting.Cli.Tests;

/// <summary>A run that is killed, and the same command again.</summary>
public sealed class ResumeTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    // Matted for a second or more where machines are fast: a signal takes a while where they are busy.
    private static readonly PixelSize Size = new(2400, 2400);

    private readonly Workplace _here = new();

    public ResumeTests()
    {
        Workplace.WritePlate(_here.At("long.png"), Size);
        Workplace.WriteTrimap(_here.At("long-trimap.png"), Size, (_, _) => 0.5f);
    }

    public void Dispose() => _here.Dispose();

    [Fact]
    public async Task Killed_SameCommandAgain_SameBytes()
    {
        await RunTests.SucceedsAsync(Run("whole"));
        await KillWhileMattingAsync("killed");
        await RunTests.SucceedsAsync(Run("killed"));

        Assert.Equal(File.ReadAllBytes(Alpha("whole")), File.ReadAllBytes(Alpha("killed")));
        Assert.False(Directory.Exists(Alpha("killed") + ".job"));
    }

    [Fact]
    public async Task Terminated_SaysThatItGoesOn()
    {
        using var process = Matting.Start(Run("stopped"));
        await JobBeginsAsync(process, "stopped");
        await Matting.SignalAsync(process, "TERM");
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        if (process.ExitCode == 0) Assert.Skip("the run was over before the signal came");

        Assert.Equal(130, process.ExitCode);
        Assert.Contains("goes on", error, StringComparison.Ordinal);
        Assert.False(File.Exists(Alpha("stopped")));
    }

    [Fact]
    public async Task DemoKilledWhenItsMatteWasDone_SameCommandAgain_LeavesNoFolder()
    {
        string[] demo = ["demo", "--size", "512", "-o", _here.At("demo"), "--model", Workplace.Model];
        await RunTests.SucceedsAsync(demo);
        File.Delete(Path.Combine(_here.At("demo"), "composite.png"));
        var alpha = Path.Combine(_here.At("demo"), "alpha.tif");
        Workplace.LeaveFinished(alpha);
        var matted = File.GetLastWriteTimeUtc(alpha);
        await RunTests.SucceedsAsync(demo);

        Assert.Equal(matted, File.GetLastWriteTimeUtc(alpha));
        Assert.False(Directory.Exists(alpha + ".job"));
    }

    private async Task KillWhileMattingAsync(string name)
    {
        using var process = Matting.Start(Run(name));
        await JobBeginsAsync(process, name);
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        if (File.Exists(Alpha(name))) Assert.Skip("the run was over before it was killed");
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

    private string[] Run(string name) => ["run", _here.At("long.png"), _here.At("long-trimap.png"), "-o", Alpha(name), "--model", Workplace.Model, "--threads", "1", "--contexts", "60"];

    private string Alpha(string name) => _here.At(name + ".tif");
}
