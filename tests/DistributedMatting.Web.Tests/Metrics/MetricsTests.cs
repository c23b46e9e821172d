using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Jobs.Telemetry;
using DistributedMatting.Web.Tests.Access;

namespace DistributedMatting.Web.Tests.Metrics;

public sealed partial class MetricsTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task What_is_done_is_counted_as_Prometheus_reads_it()
    {
        await using var web = await WebHarness.StartAsync();
        web.Engine.Work = (_, _, _) =>
        {
            MattingTelemetry.Inferred(MattingStage.Encode, Stopwatch.GetTimestamp());
            MattingTelemetry.LookedUp(hit: false);
            return Task.CompletedTask;
        };
        await web.EventsAsync(await web.SubmitAsync());
        using var response = await web.Client.GetAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
        var lines = (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(lines, line => Assert.Matches(Line(), line));
        Assert.Contains("matting_jobs{state=\"succeeded\"} 1", lines);
        Assert.Contains("matting_jobs{state=\"waiting\"} 0", lines);
        Assert.Contains("# TYPE matting_inference_duration_seconds histogram", lines);
        // The engine's meter is the process's, and other tests' jobs are in it too.
        Assert.True(Value("matting_patches_total{stage=\"encode\"}") >= 1);
        Assert.True(Value("matting_cache_lookups_total{result=\"miss\"}") >= 1);
        Assert.True(Value("matting_attempts_total{outcome=\"succeeded\"}") >= 1);
        Assert.Equal(Value("matting_inference_duration_seconds_count{stage=\"encode\"}"), Value("matting_inference_duration_seconds_bucket{stage=\"encode\",le=\"+Inf\"}"));

        double Value(string series) =>
            double.Parse(Assert.Single(lines, line => line.StartsWith(series + " ", StringComparison.Ordinal))[(series.Length + 1)..], CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task The_queue_in_megapixels_falls_as_patches_are_matted_and_leaves_out_what_is_paused()
    {
        await using var web = await WebHarness.StartAsync();
        Assert.Equal(0, await QueueAsync(web));
        web.Engine.Unknown = _ => 3_000_000;
        var (begun, half) = (new TaskCompletionSource(), new TaskCompletionSource());
        web.Engine.Work = async (order, observer, stop) =>
        {
            if (order.Submission.Name != "a") return;
            observer.Counted(2_000_000);
            observer.Report(new StageProgress(MattingStage.Matte, 2, 4, "patches", TimeSpan.Zero));
            begun.SetResult();
            await half.Task.WaitAsync(stop);
        };
        var first = await web.SubmitAsync();
        await begun.Task.WaitAsync(Limit, TestContext.Current.CancellationToken);
        await UntilAsync(web, 1);
        var (second, third) = (await web.SubmitAsync("b"), await web.SubmitAsync("c"));
        await UntilAsync(web, 7);
        await web.PostAsync($"/api/v1/jobs/{third}/pause");
        Assert.Equal(4, await QueueAsync(web));
        half.SetResult();
        foreach (var id in (string[])[first, second]) await web.EventsAsync(id);
        Assert.Equal(0, await QueueAsync(web));
    }

    private static async Task<double> QueueAsync(WebHarness web)
    {
        var text = await web.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);
        const string series = "\nmatting_queue_unknown_megapixels ";
        return double.Parse(text[(text.IndexOf(series, StringComparison.Ordinal) + series.Length)..].Split('\n')[0], CultureInfo.InvariantCulture);
    }

    private static async Task UntilAsync(WebHarness web, double megapixels)
    {
        var began = Stopwatch.GetTimestamp();
        for (var seen = double.NaN; seen != megapixels;)
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < Limit, $"the queue did not come to {megapixels} megapixels; it stands at {seen}");
            seen = await QueueAsync(web);
        }
    }

    [Fact]
    public async Task Metrics_are_for_those_with_a_key()
    {
        await using var service = await Keyed.StartAsync();
        await service.RefusedAsync(HttpStatusCode.Unauthorized, "does not know who asks", null, HttpMethod.Get, "/metrics");
    }

    [Fact]
    public async Task A_job_is_a_trace()
    {
        var spans = new List<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == MattingTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                lock (spans) spans.Add($"{span.Parent?.OperationName}>{span.OperationName} {span.GetTagItem("matting.job") ?? span.Parent?.GetTagItem("matting.job")}");
            },
        };
        ActivitySource.AddActivityListener(listener);
        var web = await WebHarness.StartAsync();
        web.Engine.Work = (_, _, _) =>
        {
            MattingTelemetry.Begin(MattingStage.Matte)?.Dispose();
            return Task.CompletedTask;
        };
        var id = await web.SubmitAsync();
        await web.EventsAsync(id);
        await web.DisposeAsync();
        lock (spans) Assert.Equal([$"job>matte {id}", $">job {id}"], spans.Where(span => span.EndsWith(id, StringComparison.Ordinal)));
    }

    [GeneratedRegex("""^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{([a-z_]+="[^"]*",?)+\})? [-+.0-9eE]+)$""")]
    private static partial Regex Line();
}
