using System.Diagnostics.Metrics;
using DistributedMatting.Core.Jobs.Service;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DistributedMatting.Web.Metrics;

/// <summary>What waits and what is in work, counted every few seconds and whenever somebody asks for it.</summary>
internal sealed partial class QueueGauges : BackgroundService
{
    public const string MeterName = "DistributedMatting.Service";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private static readonly HashSet<JobState> Open = [JobState.Waiting, JobState.Running, JobState.Paused];

    private readonly IMattingService _service;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private volatile Counts _now = new([], [], 0, 0);

    /// <param name="service">Whose jobs are counted.</param>
    /// <param name="meter">Of the name <see cref="MeterName"/>; not disposed here, for what is sent last is asked of it after this has stopped.</param>
    /// <param name="clock">Says when to count again.</param>
    /// <param name="log">Told when the jobs cannot be counted.</param>
    public QueueGauges(IMattingService service, Meter meter, TimeProvider clock, ILogger<QueueGauges> log)
    {
        (_service, _clock, _log) = (service, clock, log);
        meter.CreateObservableGauge("matting.jobs", () => _now.Jobs, "{job}", "Jobs by state.");
        meter.CreateObservableGauge("matting.jobs.patches", () => _now.Patches, "{patch}", "Patches of jobs that have not ended, by state: waiting, encoded, matted; those of jobs not begun are not counted yet.");
        // The unit is in the name, in words: OTLP and Prometheus spell it alike.
        meter.CreateObservableGauge("matting.queue.unknown_megapixels", () => _now.Unknown / 1e6, "{megapixel}", "Unknown region that is still to be matted, of jobs that wait or run; paused jobs are left out.");
        meter.CreateObservableGauge("matting.queue.uncounted", () => _now.Uncounted, "{job}", "Jobs that wait or run whose unknown region has not been counted yet.");
    }

    /// <summary>Counts anew.</summary>
    public async Task RefreshAsync(CancellationToken cancellation)
    {
        var jobs = new List<Measurement<long>>();
        foreach (var state in Enum.GetValues<JobState>())
        {
            var page = await _service.ListAsync(new JobQuery { States = new HashSet<JobState> { state }, Limit = 1 }, cancellation);
            jobs.Add(Of("state", state.ToString().ToLowerInvariant(), page.Total));
        }

        var (waiting, encoded, matted) = (0L, 0L, 0L);
        var (unknown, uncounted) = (0L, 0L);
        await foreach (var job in AllJobs.OfAsync(_service, new JobQuery { States = Open }, cancellation))
        {
            if (job.State != JobState.Paused) (unknown, uncounted) = (unknown + (job.UnknownPixelsLeft ?? 0), uncounted + (job.UnknownPixelsLeft is null ? 1 : 0));
            if (job.Patches is not { } patches) continue;
            (waiting, encoded, matted) = (waiting + patches.Waiting, encoded + patches.Encoded, matted + patches.Matted);
        }

        _now = new Counts(jobs, [Of("state", "waiting", waiting), Of("state", "encoded", encoded), Of("state", "matted", matted)], unknown, uncounted);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, _clock);
        do
        {
            await RefreshOrWaitAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    // A farm may be out of reach for a while: then the last counts stand, and the service goes on.
    private async Task RefreshOrWaitAsync(CancellationToken cancellation)
    {
        try
        {
            await RefreshAsync(cancellation);
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested)
        {
            NotCounted(_log, error.Message);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "the queue could not be counted: {Why}")]
    private static partial void NotCounted(ILogger log, string why);

    private static Measurement<long> Of(string tag, string value, long count) => new(count, new KeyValuePair<string, object?>(tag, value));

    /// <param name="Jobs">By state.</param>
    /// <param name="Patches">By state.</param>
    /// <param name="Unknown">In pixels.</param>
    /// <param name="Uncounted">Jobs.</param>
    private sealed record Counts(IReadOnlyList<Measurement<long>> Jobs, IReadOnlyList<Measurement<long>> Patches, long Unknown, long Uncounted);
}
