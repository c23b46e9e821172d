using DistributedMatting.Core;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Jobs.Service;

namespace DistributedMatting.Workstation.Tests.Service;

/// <summary>How much work waits is known before any of it is begun, and falls as it is done.</summary>
public sealed class SurveyTests
{
    private static CancellationToken End => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_waits_is_counted_and_what_cannot_be_read_is_left_out()
    {
        await using var harness = new ServiceHarness();
        harness.Engine.Work = (_, observer, cancellation) =>
        {
            observer.Counted(7);
            return Testing.FakeEngine.ForEver(null!, observer, cancellation);
        };
        harness.Engine.Unknown = asked => asked.Name switch { "damaged" => throw new InvalidInputException("damaged"), "strange" => throw new InvalidOperationException("strange"), _ => 1000 };
        var running = await harness.SubmitAsync("running");
        await harness.UntilAsync(running, JobState.Running);
        var (damaged, strange) = (await harness.SubmitAsync("damaged"), await harness.SubmitAsync("strange"));
        var waiting = await harness.SubmitAsync("waiting", priority: 10);

        Assert.Equal(1000, await LeftAsync(harness, waiting, left => left is not null));
        Assert.Equal(7, await LeftAsync(harness, running, left => left == 7));
        foreach (var id in (JobId[])[damaged, strange]) Assert.Null((await harness.Service.StatusAsync(id, End)).UnknownPixels);

        await harness.ReopenAsync();
        Assert.Equal(1000, await LeftAsync(harness, waiting, left => left is not null));
    }

    [Fact]
    public async Task What_is_left_falls_with_every_patch_and_is_nothing_in_the_end()
    {
        await using var harness = new ServiceHarness();
        var steps = new[] { new TaskCompletionSource(), new TaskCompletionSource() };
        harness.Engine.Work = async (_, observer, _) =>
        {
            observer.Counted(1000);
            observer.Report(new StageProgress(MattingStage.Encode, 4, 4, "patches", TimeSpan.Zero));
            observer.Report(new StageProgress(MattingStage.Matte, 1, 4, "patches", TimeSpan.Zero));
            await steps[0].Task;
            observer.Report(new StageProgress(MattingStage.Matte, 3, 4, "patches", TimeSpan.Zero));
            await steps[1].Task;
        };
        var id = await harness.SubmitAsync("a");
        Assert.Equal(750, await LeftAsync(harness, id, left => left < 1000));
        steps[0].SetResult();
        Assert.Equal(250, await LeftAsync(harness, id, left => left < 750));
        steps[1].SetResult();
        Assert.Equal(0, await LeftAsync(harness, id, left => left < 250));
    }

    private static async Task<long?> LeftAsync(ServiceHarness harness, JobId id, Func<long?, bool> holds)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(End);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        JobStatus? last = null;
        try
        {
            await foreach (var status in harness.Service.WatchAsync(id, null, patience.Token))
            {
                last = status;
                if (holds(status.UnknownPixelsLeft)) return status.UnknownPixelsLeft;
            }
        }
        catch (OperationCanceledException)
        {
        }

        throw new TimeoutException($"the unknown pixels did not come to what was asked; they stood at {last?.UnknownPixelsLeft}");
    }
}
