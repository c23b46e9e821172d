namespace DistributedMatting.Core.Scheduling;

/// <summary>
/// Who works on what. Higher priority goes first; within a priority projects share the workers evenly, and within a
/// project the first in is the first out. A worker holds patches by a lease; a lease without progress is taken away and
/// its token is worth nothing from then on. A patch that fails is tried on another worker, then reported.
/// </summary>
/// <remarks>
/// It remembers nothing across its own death: plate jobs offer their rounds again and again, and what was leased by a
/// scheduler before this one is simply leased anew. Its tokens are larger than those before it. One caller at a time.
/// </remarks>
public sealed partial class PatchScheduler
{
    // The term is in the upper half of a token, so that no number of leases reaches the next term's.
    private const int TermShift = 32;

    private readonly SchedulerOptions _options;
    private readonly TimeProvider _clock;
    private readonly Dictionary<string, RoundQueue> _rounds = [];
    private readonly Dictionary<long, Held> _leases = [];

    // By worker: leases that ended with their round, and that it has not answered for.
    private readonly Dictionary<string, Held> _withdrawn = [];
    private readonly List<PoisonPatch> _poison = [];
    private readonly FairShares _shares = new();
    private readonly WorkerRecords _workers;
    private long _token;

    /// <param name="options">How patient it is.</param>
    /// <param name="clock">Whose time counts.</param>
    /// <param name="term">Larger than that of every scheduler of this farm before; 1 to 2³¹ − 1.</param>
    public PatchScheduler(SchedulerOptions options, TimeProvider clock, int term)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentOutOfRangeException.ThrowIfLessThan(term, 1);
        options.Validate();
        _workers = new WorkerRecords(options, clock);
        (_options, _clock, _token) = (options, clock, (long)term << TermShift);
    }

    /// <summary>Patches that wait for a worker.</summary>
    public int Waiting => _rounds.Values.Sum(round => round.Waiting);

    /// <summary>Patches that are leased.</summary>
    public int Leased => _rounds.Values.Sum(round => round.Leased);

    /// <summary>Leases that ended without progress or with their worker.</summary>
    public long LeasesLost { get; private set; }

    /// <summary>Answers whose lease had been taken away from their worker, or was another scheduler's.</summary>
    public long StaleAnswers { get; private set; }

    /// <summary>Puts a job's round into the queue, or says what of it is left. Again is harmless.</summary>
    public void Offer(PatchRound round)
    {
        ArgumentNullException.ThrowIfNull(round);
        if (_rounds.TryGetValue(round.Job, out var known) && (known.Round.Stage != round.Stage || known.Round.Key != round.Key))
        {
            Withdraw(round.Job);
            known = null;
        }
        var entering = !_rounds.Values.Any(other => other.Waiting > 0 && other.Round.Project == round.Project);
        if (known is null) _rounds[round.Job] = known = new RoundQueue(round);
        known.Update(round);
        if (entering) _shares.Enter(round.Project);
    }

    /// <summary>Takes a job out: it is done, paused or cancelled. Leases on it are worth nothing any more.</summary>
    public void Withdraw(string job)
    {
        if (!_rounds.Remove(job)) return;
        foreach (var held in _leases.Values.Where(held => held.Lease.Job == job).ToArray())
        {
            _leases.Remove(held.Lease.Token);
            _withdrawn[held.Worker.Worker] = held;
        }
        _poison.RemoveAll(patch => patch.Job == job);
    }

    /// <summary>Leases patches to a worker; null if there is nothing for it.</summary>
    public PatchLease? Take(WorkerOffer worker)
    {
        ArgumentNullException.ThrowIfNull(worker);
        ArgumentOutOfRangeException.ThrowIfLessThan(worker.Capacity, 1);
        // Who asks for more has nothing left to say of what it held.
        _withdrawn.Remove(worker.Worker);
        _workers.Ask(worker);
        var offer = worker;
        worker = worker with { Capacity = _workers.CapacityOf(worker) };
        if (worker.Capacity == 0) return null;
        worker = worker with { Capacity = FairOf(worker) };
        var now = _clock.GetTimestamp();
        foreach (var round in InOrder())
        {
            var patches = round.Take(worker, trouble => MayTry(trouble, worker, now));
            if (patches.Count == 0) continue;

            _shares.Give(round.Round.Project, patches.Count);
            var lease = new PatchLease(++_token, round.Round.Job, round.Round.Stage, patches, round.Round.Key);
            _leases.Add(lease.Token, new Held(lease, offer, [.. patches], now));
            return lease;
        }
        return null;
    }

    /// <summary>A worker takes nothing for now: it drains, or it goes.</summary>
    public void Rest(string worker) => _workers.Rest(worker);

    /// <summary>Whether it has heard of this stage of a job, and of no later one.</summary>
    public bool Knows(string job, string stage) => _rounds.TryGetValue(job, out var round) && round.Round.Stage == stage;

    /// <summary>Patches of this job that were tried too often, since the job's round began.</summary>
    public IReadOnlyList<PoisonPatch> PoisonOf(string job) => [.. _poison.Where(patch => patch.Job == job)];

    private IEnumerable<RoundQueue> InOrder()
    {
        foreach (var level in _rounds.Values.Where(round => round.Waiting > 0).GroupBy(round => round.Round.Priority).OrderByDescending(group => group.Key))
        {
            var byProject = level.ToLookup(round => round.Round.Project);
            foreach (var project in _shares.InOrder(byProject.Select(group => group.Key)))
                foreach (var round in byProject[project].OrderBy(round => round.Round.Order).ThenBy(round => round.Round.Job, StringComparer.Ordinal))
                    yield return round;
        }
    }

    // The fewer patches wait, the smaller the leases: else one worker is busy with its last ones while all others have
    // nothing left (weighted factoring; Hummel et al., 1996). Not below a 40th of what the worker would take, or asking
    // would cost more than it saves.
    private int FairOf(WorkerOffer worker)
    {
        var others = _workers.CapacityBeside(worker);
        if (others == 0) return worker.Capacity;
        var share = Waiting / 2.0 * worker.Capacity / (worker.Capacity + others);
        return Math.Clamp((int)Math.Ceiling(share), (worker.Capacity + 39) / 40, worker.Capacity);
    }

    // What failed here may be tried here again after a while: there may be nobody else.
    private bool MayTry(Trouble trouble, WorkerOffer worker, long now) =>
        !(trouble.FailedOn.Contains(worker.Worker) || trouble.FailedAt.Contains(worker.Silo) && IsElsewhere(trouble))
        || _clock.GetElapsedTime(trouble.At, now) >= _options.AnotherWorker;

    // Whether there is a silo on which it has not failed yet.
    private bool IsElsewhere(Trouble trouble) =>
        _workers.Silos().Concat(_leases.Values.Select(held => held.Worker.Silo)).Any(silo => !trouble.FailedAt.Contains(silo));

    private sealed record Held(PatchLease Lease, WorkerOffer Worker, HashSet<int> Left, long ProgressAt);
}
