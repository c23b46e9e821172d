using System.Diagnostics.Metrics;
using DistributedMatting.Core.Jobs.Service;
using Microsoft.Extensions.Hosting;

namespace DistributedMatting.Web.Metrics;

/// <summary>What waits and what is in work, counted every few seconds and whenever somebody asks for it.</summary>
internal sealed class QueueGauges : BackgroundService
{
    public const string MeterName = "DistributedMatting.Service";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private static readonly HashSet<JobState> Open = [JobState.Waiting, JobState.Running, JobState.Paused];

    private readonly Meter _meter = new(MeterName);
    private readonly IMattingService _service;
    private readonly TimeProvider _clock;
    private volatile Counts _now = new([], []);

    public QueueGauges(IMattingService service, TimeProvider clock)
    {
        (_service, _clock) = (service, clock);
        _meter.CreateObservableGauge("matting.jobs", () => _now.Jobs, "{job}", "Jobs by state.");
        _meter.CreateObservableGauge("matting.jobs.patches", () => _now.Patches, "{patch}", "Patches of jobs that have not ended, by state: waiting, encoded, matted; those of jobs not begun are not counted yet.");
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
        await foreach (var job in AllJobs.OfAsync(_service, new JobQuery { States = Open }, cancellation))
        {
            if (job.Patches is not { } patches) continue;
            (waiting, encoded, matted) = (waiting + patches.Waiting, encoded + patches.Encoded, matted + patches.Matted);
        }

        _now = new Counts(jobs, [Of("state", "waiting", waiting), Of("state", "encoded", encoded), Of("state", "matted", matted)]);
    }

    public override void Dispose()
    {
        _meter.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, _clock);
        do
        {
            await RefreshAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static Measurement<long> Of(string tag, string value, long count) => new(count, new KeyValuePair<string, object?>(tag, value));

    private sealed record Counts(IReadOnlyList<Measurement<long>> Jobs, IReadOnlyList<Measurement<long>> Patches);
}
