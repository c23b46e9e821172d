using System.Globalization;
using DistributedMatting.Cluster.Farm;
using DistributedMatting.Cluster.Jobs;
using DistributedMatting.Cluster.Scheduling;
using Microsoft.Extensions.Logging;
using Orleans.Placement;

namespace DistributedMatting.Cluster.Workers;

/// <summary>
/// Asks the scheduler for patches and has them done by a <see cref="PatchWorker"/> on a thread of its own. A batch
/// takes much longer than the question for the next one.
/// </summary>
[PreferLocalPlacement]
public sealed partial class WorkerGrain(
    FarmFolder folder, FarmOptions options, IFarmPlates plates, ActivationMemory activations, ILocalSiloDetails silo,
    TimeProvider clock, ILogger<WorkerGrain> log) : Grain, IWorkerGrain, IDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(500);

    // Well within the scheduler's patience.
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(5);

    // A network that does not load may do so later: a driver that starts, a folder that is mounted.
    private static readonly TimeSpan LoadAgainAfter = TimeSpan.FromSeconds(15);

    private readonly CancellationTokenSource _stop = new();
    private WorkerFace _face = null!;
    private PatchWorker? _worker;
    private Task? _loop;
    private TaskCompletionSource _woken = NewSignal();

    private string Name => this.GetPrimaryKeyString();

    private string Silo => silo.SiloAddress.ToParsableString();

    private ISchedulerGrain Scheduler => GrainFactory.GetGrain<ISchedulerGrain>(0);

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // A slot of a silo that is gone must not come to life on another.
        if (!Name.StartsWith($"{Silo}/", StringComparison.Ordinal)) throw new InvalidOperationException($"{Name} is no worker of {Silo}.");
        var slot = int.Parse(Name.AsSpan(Silo.Length + 1), CultureInfo.InvariantCulture);
        _face = new WorkerFace(string.Create(CultureInfo.InvariantCulture, $"{silo.Name}#{slot + 1}"), silo.Name, plates.Hardware(), clock);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => await Leave();

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Dispose();
        _worker?.Dispose();
        _face?.Dispose();
    }

    /// <inheritdoc/>
    public Task<string> Start(bool history)
    {
        if (_loop is null or { IsCompleted: true } && !_stop.IsCancellationRequested) _loop = LoopAsync();
        DelayDeactivation(TimeSpan.FromMinutes(5));
        return Task.FromResult(Wire.Write(_face.Status(history)));
    }

    /// <inheritdoc/>
    public Task<string> SetDrain(bool drains)
    {
        _face.Drains = drains;
        Wake();
        return Task.FromResult(Wire.Write(_face.Status(history: false)));
    }

    /// <inheritdoc/>
    public async Task Leave()
    {
        await _stop.CancelAsync();
        Wake();
        if (_loop is { } loop) await loop;
    }

    private async Task LoopAsync()
    {
        await Task.Yield();
        using var thread = new WorkerThread(Name);
        using var storing = new WorkerThread($"{Name} results");
        try
        {
            await thread.Run(Load);
            var report = Nothing;
            while (!_stop.IsCancellationRequested) report = _face.Drains ? await RestAsync(report) : await TurnAsync(thread, storing, report);
            await Ask(report with { Capacity = 0 });
            await Scheduler.Leave(Name);
        }
        catch (Exception error)
        {
            Ended(log, Name, error);
            _face.IsReady = false;
            await Task.WhenAny(_woken.Task, Task.Delay(LoadAgainAfter, clock));
        }
    }

    private WorkerReport Nothing => new(Name, Silo, _face.Batch, 0, [], []);

    private void Load()
    {
        _worker?.Dispose();
        var worker = _worker = new PatchWorker(Name, plates.Load(), folder, activations, _face.Count);
        var speed = worker.WarmUp();
        _face.Batch = options.Batch ?? BatchSize.Of(plates.Hardware(), options.Workers, speed, plates.Shape);
        _face.IsReady = true;
        Warm(log, Name, speed, _face.Batch);
    }

    // Gives back what is left, and sleeps until somebody wants it to work, or to go.
    private async Task<WorkerReport> RestAsync(WorkerReport report)
    {
        if (report.Token != 0) await Ask(report with { Capacity = 0 });
        if (_face.Drains && !_stop.IsCancellationRequested) await _woken.Task;
        return Nothing;
    }

    private void Wake()
    {
        var woken = _woken;
        _woken = NewSignal();
        woken.SetResult();
    }

    // Tells what was done, gets the next patches, does them.
    private async Task<WorkerReport> TurnAsync(WorkerThread thread, WorkerThread storing, WorkerReport report)
    {
        if (await Ask(report) is not { } lease) return Nothing;
        _face.Begin(lease);
        var batch = new Batch();
        using var span = JobTrace.Begin($"{lease.Stage} batch", lease.Job)?.SetTag("matting.worker", Name).SetTag("matting.patches", lease.Patches.Length);
        var run = new LeaseRun(_worker!, storing, lease, batch);
        var work = thread.Run(() => run.Run(() => !_stop.IsCancellationRequested && !_face.Drains));
        // The scheduler takes a lease away that makes no progress, however long the batch is.
        while (await Task.WhenAny(work, Task.Delay(TellEvery, clock)) != work)
            if (batch.TakeNews() is { Length: > 0 } news) await Tell(() => Scheduler.Progress(lease.Token, news));
        var hasRanking = await work;
        _face.End();
        var done = batch.Done;
        var job = GrainFactory.GetGrain<IPlateJobGrain>(lease.Job);
        // A job that is not there hears of it from the ledger.
        if (done.Length > 0) await Tell(() => job.Committed(lease.Key, lease.Stage, done, lease.Stage == Stages.StageNames.Encode ? Silo : ""));
        if (!hasRanking)
        {
            await Tell(() => job.RankingMissing(lease.Key));
            await Task.Delay(RetryAfter, clock);
        }
        return new WorkerReport(Name, Silo, _face.Batch, lease.Token, done, batch.Failed);
    }

    private async Task Tell(Func<Task> tell)
    {
        try
        {
            await tell();
        }
        catch (Exception error)
        {
            NotHeard(log, Name, error.Message);
        }
    }

    private async Task<LeaseMessage?> Ask(WorkerReport report)
    {
        try
        {
            return await Scheduler.Exchange(report);
        }
        catch (Exception error)
        {
            NotHeard(log, Name, error.Message);
            await Task.Delay(RetryAfter, clock);
            return null;
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(22, LogLevel.Information, "worker {Worker} is warm: {PerSecond:0.0} patches a second, {Batch} at once")]
    private static partial void Warm(ILogger log, string worker, double perSecond, int batch);

    [LoggerMessage(20, LogLevel.Error, "worker {Worker} ended")]
    private static partial void Ended(ILogger log, string worker, Exception error);

    [LoggerMessage(21, LogLevel.Warning, "worker {Worker} was not heard: {Why}")]
    private static partial void NotHeard(ILogger log, string worker, string why);
}
