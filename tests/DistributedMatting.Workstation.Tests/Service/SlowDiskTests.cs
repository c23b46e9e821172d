using System.Diagnostics;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Core.Jobs.Service.Events;
using DistributedMatting.Workstation.Testing;

namespace DistributedMatting.Workstation.Tests.Service;

/// <summary>A disk that takes its time.</summary>
public sealed class SlowDiskTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken End => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_only_looks_does_not_wait_for_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs a named pipe");
        await using var harness = new ServiceHarness();
        harness.Engine.Work = FakeEngine.ForEver;
        var running = await harness.SubmitAsync("running");
        await harness.UntilAsync(running, JobState.Running);
        var waiting = await harness.SubmitAsync("waiting");
        var log = Path.Combine(harness.Folder, $"{waiting}", "log.txt");
        File.Delete(log);
        using (var made = Process.Start("mkfifo", [log])) await made.WaitForExitAsync(End);

        // It hangs in the midst of the change, on disk but not told, until somebody reads the pipe.
        var change = Task.Run(() => harness.Service.ApplyAsync(waiting, JobVerb.Pause, End), End);
        try
        {
            await UntilAsync("the change is on disk", () => File.ReadAllText(Path.Combine(harness.Folder, $"{waiting}", "job.json")).Contains("\"paused\"", StringComparison.Ordinal));
            var look = Task.Run(() => LookAsync(harness, waiting), End);
            await look.WaitAsync(Patience, End);
            Assert.False(change.IsCompleted, "the change did not wait for the disk, so nothing was tried");
        }
        finally
        {
            await using var pipe = await Task.Run(() => new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite), End);
            await change.ContinueWith(_ => { }, TaskScheduler.Default).WaitAsync(Patience, End);
            File.Delete(log);
        }
    }

    private static async Task UntilAsync(string what, Func<bool> isSo)
    {
        for (var began = Stopwatch.GetTimestamp(); !isSo(); await Task.Delay(20, End))
            Assert.True(Stopwatch.GetElapsedTime(began) < Patience, $"this did not come: {what}");
    }

    private static async Task LookAsync(ServiceHarness harness, JobId id)
    {
        var service = harness.Service;
        Assert.Equal(JobState.Waiting, (await service.StatusAsync(id, End)).State);
        Assert.Equal(2, (await service.ListAsync(new JobQuery(), End)).Total);
        Assert.Single(await service.Workers.ListAsync(End));
        await foreach (var happened in service.WatchAllAsync(null, End))
        {
            Assert.Equal(2, Assert.IsType<JobSnapshot>(happened).Jobs.Total);
            return;
        }
    }
}
