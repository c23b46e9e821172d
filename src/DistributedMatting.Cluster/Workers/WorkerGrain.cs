using DistributedMatting.Cluster.Farm;
using DistributedMatting.Cluster.Jobs;
using DistributedMatting.Cluster.Scheduling;
using DistributedMatting.Core;
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

    private readonly CancellationTokenSource _stop = new();
    private PatchWorker? _worker;
    private Task? _loop;
    private LeaseMessage? _at;
    private TimeSpan _busy;

    private string Name => this.GetPrimaryKeyString();

    private string Silo => silo.SiloAddress.ToParsableString();

    private ISchedulerGrain Scheduler => GrainFactory.GetGrain<ISchedulerGrain>(0);

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // A slot of a silo that is gone must not come to life on another.
        if (!Name.StartsWith($"{Silo}/", StringComparison.Ordinal)) throw new InvalidOperationException($"{Name} is no worker of {Silo}.");
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => await Drain();

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Dispose();
        _worker?.Dispose();
    }

    /// <inheritdoc/>
    public Task<WorkerState> Start()
    {
        _loop ??= LoopAsync();
        DelayDeactivation(TimeSpan.FromMinutes(5));
        return Task.FromResult(new WorkerState(
            Name, _worker is not null, _at?.Job ?? "", _at?.Stage ?? "", _worker?.Patches ?? 0, _worker?.FirstOf ?? 0,
            _busy > TimeSpan.Zero ? (_worker?.Patches ?? 0) / _busy.TotalSeconds : 0));
    }

    /// <inheritdoc/>
    public async Task Drain()
    {
        await _stop.CancelAsync();
        if (_loop is { } loop) await loop;
    }

    private async Task LoopAsync()
    {
        await Task.Yield();
        using var thread = new WorkerThread(Name);
        try
        {
            _worker = await thread.Run(() =>
            {
                var worker = new PatchWorker(Name, plates.Load(), folder, activations);
                worker.WarmUp();
                return worker;
            });
            var report = Nothing;
            while (!_stop.IsCancellationRequested) report = await TurnAsync(thread, report);
            await Ask(report with { Capacity = 0 });
            await Scheduler.Leave(Name);
        }
        catch (Exception error)
        {
            Ended(log, Name, error);
        }
    }

    private WorkerReport Nothing => new(Name, Silo, options.Batch, 0, [], []);

    // Tells what was done, gets the next patches, does them.
    private async Task<WorkerReport> TurnAsync(WorkerThread thread, WorkerReport report)
    {
        if (await Ask(report) is not { } lease) return Nothing;
        _at = lease;
        var (done, failed) = (new List<int>(), new List<PatchFailure>());
        var began = clock.GetTimestamp();
        await thread.Run(() =>
        {
            foreach (var patch in lease.Patches)
            {
                if (_stop.IsCancellationRequested) break;
                try
                {
                    _worker!.Do(lease.Job, lease.Stage, patch);
                    done.Add(patch);
                }
                catch (Exception error)
                {
                    failed.Add(new PatchFailure(patch, error is InvalidInputException ? error.Message : $"{error.GetType().Name}: {error.Message}"));
                }
            }
            return true;
        });
        _busy += clock.GetElapsedTime(began);
        _at = null;
        if (done.Count > 0) await Tell(lease, [.. done]);
        return new WorkerReport(Name, Silo, options.Batch, lease.Token, [.. done], [.. failed]);
    }

    // A job that is not there hears of it from the ledger.
    private async Task Tell(LeaseMessage lease, int[] done)
    {
        try
        {
            await GrainFactory.GetGrain<IPlateJobGrain>(lease.Job).Committed(lease.Stage, done, lease.Stage == Stages.StageNames.Encode ? Silo : "");
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

    [LoggerMessage(20, LogLevel.Error, "worker {Worker} ended")]
    private static partial void Ended(ILogger log, string worker, Exception error);

    [LoggerMessage(21, LogLevel.Warning, "worker {Worker} was not heard: {Why}")]
    private static partial void NotHeard(ILogger log, string worker, string why);
}
