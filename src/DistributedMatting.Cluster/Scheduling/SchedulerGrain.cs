using DistributedMatting.Cluster.Farm;
using DistributedMatting.Core.Scheduling;
using Orleans.Concurrency;

namespace DistributedMatting.Cluster.Scheduling;

/// <summary>A <see cref="PatchScheduler"/> that all silos can ask. Its term is all that it writes down.</summary>
[Reentrant]
public sealed class SchedulerGrain(
    [PersistentState("scheduler")] IPersistentState<SchedulerTerm> term, FarmOptions options, TimeProvider clock,
    IClusterMembershipService membership) : Grain, ISchedulerGrain
{
    // An idle worker asks this often; what it waited for comes at once.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);

    private readonly LinkedList<Waiter> _waiters = new();
    private PatchScheduler _scheduler = null!;

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        term.State.Term++;
        await term.WriteStateAsync(cancellationToken);
        _scheduler = new PatchScheduler(options.Scheduler, clock, term.State.Term);
        this.RegisterGrainTimer(OnBeat, new GrainTimerCreationOptions(Beat, Beat) { Interleave = true, KeepAlive = true });
    }

    /// <inheritdoc/>
    public async Task<LeaseMessage?> Exchange(WorkerReport report)
    {
        if (report.Token != 0)
        {
            _scheduler.Answer(report.Token, report.Done, report.Failed.Select(failure => (failure.Patch, failure.Error)));
            Serve();
        }
        if (report.Capacity == 0)
        {
            _scheduler.Rest(report.Worker);
            return null;
        }

        var worker = new WorkerOffer(report.Worker, report.Silo, report.Capacity);
        return _scheduler.Take(worker) is { } lease ? LeaseMessage.Of(lease) : await Wait(worker);
    }

    /// <inheritdoc/>
    public Task Progress(long token, int[] done)
    {
        _scheduler.Done(token, done);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task Leave(string worker)
    {
        _scheduler.Lose(worker);
        Serve();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task Offer(RoundMessage round)
    {
        _scheduler.Offer(round.Unpack());
        Serve();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<RoundNews> News(string job, string stage) => Task.FromResult(new RoundNews(
        _scheduler.Knows(job, stage), [.. _scheduler.PoisonOf(job).Select(Words)]));

    /// <inheritdoc/>
    public Task Withdraw(string job)
    {
        _scheduler.Withdraw(job);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<SchedulerState> Tick() => Task.FromResult(new SchedulerState(
        term.State.Term, _scheduler.Waiting, _scheduler.Leased, _scheduler.LeasesLost, _scheduler.StaleAnswers));

    private async Task<LeaseMessage?> Wait(WorkerOffer worker)
    {
        var place = _waiters.AddLast(new Waiter(worker));
        await Task.WhenAny(place.Value.Lease.Task, Task.Delay(Patience, clock));
        if (place.Value.Lease.Task.IsCompleted) return LeaseMessage.Of(await place.Value.Lease.Task);
        _waiters.Remove(place);
        return null;
    }

    // Whoever has waited longest is served first.
    private void Serve()
    {
        for (var place = _waiters.First; place is not null;)
        {
            var next = place.Next;
            if (_scheduler.Waiting == 0) return;
            if (_scheduler.Take(place.Value.Worker) is { } lease)
            {
                _waiters.Remove(place);
                place.Value.Lease.SetResult(lease);
            }
            place = next;
        }
    }

    private Task OnBeat()
    {
        var silos = membership.CurrentSnapshot.Members.Values
            .Where(member => member.Status == SiloStatus.Active || member.Status == SiloStatus.ShuttingDown)
            .Select(member => member.SiloAddress.ToParsableString()).ToHashSet();
        _scheduler.Keep(silos);
        _scheduler.Expire();
        Serve();
        return Task.CompletedTask;
    }

    internal static string Words(PoisonPatch patch) => patch switch
    {
        { Workers.Count: 0 } => $"patch {patch.Patch}: {patch.Error}, and so did those before it",
        { Silos: > 1 } => $"patch {patch.Patch} failed on {patch.Silos} silos: {patch.Error}",
        { Workers.Count: > 1 } => $"patch {patch.Patch} failed on {patch.Workers.Count} workers of the only silo that could try it: {patch.Error}",
        _ => $"patch {patch.Patch} failed {patch.Failures} times on the only worker that could try it: {patch.Error}",
    };

    private sealed record Waiter(WorkerOffer Worker)
    {
        public TaskCompletionSource<PatchLease> Lease { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>How many schedulers this farm has had.</summary>
[GenerateSerializer, Alias("matting.SchedulerTerm")]
public sealed class SchedulerTerm
{
    /// <summary>Larger than that of every one before.</summary>
    [Id(0)]
    public int Term { get; set; }
}
