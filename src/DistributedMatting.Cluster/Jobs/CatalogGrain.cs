using DistributedMatting.Cluster.Farm;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Core.Scheduling;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace DistributedMatting.Cluster.Jobs;

/// <summary>
/// Writes down the names of all jobs; how they stand it asks them. Some plates of each priority are in work at once, so
/// that a shared disk does not hold five hundred of them; a job of higher priority never waits for lower ones.
/// </summary>
[Reentrant]
public sealed partial class CatalogGrain(
    [PersistentState("catalog")] IPersistentState<CatalogState> state, FarmOptions options, TimeProvider clock, ILogger<CatalogGrain> log)
    : Grain, ICatalogGrain
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);

    // A job whose silo died goes on when it is asked how it is.
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(2);

    // Who claims an alpha and is not heard of again has died.
    private static readonly TimeSpan ClaimFor = TimeSpan.FromMinutes(1);

    // A new catalog asks all jobs how they stand, and answers when it knows. A job that nobody can read must not keep it
    // from answering for the others for ever.
    private static readonly TimeSpan LearnFor = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LearnPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LearnLook = TimeSpan.FromMilliseconds(50);

    private readonly Dictionary<string, JobStatus?> _jobs = [];
    private readonly Dictionary<string, long> _asked = [];
    private readonly Dictionary<string, (string Job, long Since)> _claims = new(StringComparer.Ordinal);
    private readonly HashSet<string> _begun = [];
    private readonly OneAtATime _writing = new();
    private PatchScheduler _turns = null!;
    private long _began;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        foreach (var job in state.State.Jobs) _jobs[job] = null;
        _turns = new PatchScheduler(options.Scheduler, clock, 1);
        _began = clock.GetTimestamp();
        this.RegisterGrainTimer(OnBeat, new GrainTimerCreationOptions(TimeSpan.Zero, Beat) { Interleave = true, KeepAlive = true });
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task Add(string status)
    {
        var job = Wire.Read<JobStatus>(status);
        if (!_jobs.ContainsKey(job.Id.ToString())) await Write(jobs => jobs.Add(job.Id.ToString()));
        Hear(job);
    }

    /// <inheritdoc/>
    public Task Tell(string status)
    {
        var job = Wire.Read<JobStatus>(status);
        if (_jobs.ContainsKey(job.Id.ToString())) Hear(job);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<string?> Claim(string alpha, string job)
    {
        await Learnt(but: job);
        var now = clock.GetTimestamp();
        foreach (var (old, _) in _claims.Where(claim => clock.GetElapsedTime(claim.Value.Since, now) > ClaimFor).ToArray()) _claims.Remove(old);
        var writer = _claims.TryGetValue(alpha, out var claim) && claim.Job != job ? claim.Job
            : _jobs.FirstOrDefault(known => known.Key != job && known.Value?.Writes(alpha) == true).Key;
        if (writer is null) _claims[alpha] = (job, now);
        return writer;
    }

    /// <inheritdoc/>
    public async Task Remove(string job)
    {
        await Write(jobs => jobs.Remove(job));
        _jobs.Remove(job);
        _begun.Remove(job);
    }

    /// <inheritdoc/>
    public async Task<string> List(string query)
    {
        await Learnt();
        var asked = Wire.Read<JobQuery>(query);
        var all = _jobs.Values.OfType<JobStatus>().Where(asked.Matches)
            .OrderByDescending(job => job.SubmittedUtc).ThenByDescending(job => job.Id.ToString(), StringComparer.Ordinal).ToArray();
        return Wire.Write(new JobPage([.. all.Skip(asked.Offset).Take(asked.Limit)], all.Length));
    }

    /// <inheritdoc/>
    public Task Tick() => Task.CompletedTask;

    // A job that comes where there is a place, and one that waits for a place that is free now, begin at once.
    private void Hear(JobStatus job)
    {
        Learn(job);
        if (job.State != JobState.Running) Admit();
    }

    private void Learn(JobStatus job)
    {
        var name = job.Id.ToString();
        if (_jobs.GetValueOrDefault(name) is { } known && known.Version > job.Version) return;
        _jobs[name] = job;
        if (_claims.TryGetValue(job.Submission.Alpha, out var claim) && claim.Job == name) _claims.Remove(job.Submission.Alpha);
        if (job.State == JobState.Running) _begun.Add(name);
        else if (job.State != JobState.Waiting) _begun.Remove(name);
    }

    private Task OnBeat()
    {
        Admit();
        var now = clock.GetTimestamp();
        foreach (var (name, job) in _jobs)
        {
            if (job is not null && !_begun.Contains(name)) continue;
            if (_asked.TryGetValue(name, out var last) && clock.GetElapsedTime(last, now) < AskEvery) continue;
            Ask(name, now);
        }
        return Task.CompletedTask;
    }

    private void Ask(string name, long now)
    {
        _asked[name] = now;
        _ = AskAsync(name, begin: _begun.Contains(name));
    }

    private bool IsLearning(string? but = null) =>
        clock.GetElapsedTime(_began) < LearnFor && _jobs.Any(job => job.Value is null && job.Key != but);

    // Whoever asks is told nothing rather than less than there is; the call is repeated.
    private async Task Learnt(string? but = null)
    {
        var asked = clock.GetTimestamp();
        while (IsLearning(but))
        {
            if (clock.GetElapsedTime(asked) > LearnPatience) throw new TimeoutException("the farm's jobs are not all known yet");
            await Task.Delay(LearnLook, clock);
        }
    }

    // Which of those that wait goes first is decided by the same rules as which patch does.
    private void Admit()
    {
        // Before that it would begin with a job of low priority, since it has not heard of the others.
        if (IsLearning() || !HasPlace()) return;
        foreach (var job in Waiting())
        {
            _turns.Offer(new PatchRound
            {
                Job = job.Id.ToString(),
                Stage = "begin",
                Project = job.Submission.Project,
                Priority = job.Submission.Priority,
                Order = job.SubmittedUtc.UtcTicks,
                Patches = [new PatchTask(0)],
            });
        }
        // Those that have no place take no turn: it would count as their project's.
        while (HasPlace() && _turns.Take(new WorkerOffer("catalog", "", 1)) is { } turn)
        {
            _turns.Withdraw(turn.Job);
            if (_jobs.GetValueOrDefault(turn.Job) is not { State: JobState.Waiting }) continue;
            _begun.Add(turn.Job);
            Ask(turn.Job, clock.GetTimestamp());
        }
    }

    private IEnumerable<JobStatus> Waiting() =>
        _jobs.Values.OfType<JobStatus>().Where(job => job.State == JobState.Waiting && !_begun.Contains(job.Id.ToString()));

    // Whether one of those that wait may begin: then it is one of the highest priority.
    private bool HasPlace() => Waiting().MaxBy(job => job.Submission.Priority) is { Submission.Priority: var priority }
        && _begun.Count(name => _jobs.GetValueOrDefault(name)?.Submission.Priority >= priority) < options.MaxRunning;

    private async Task AskAsync(string name, bool begin)
    {
        try
        {
            var job = GrainFactory.GetGrain<IPlateJobGrain>(name);
            var answer = begin ? await job.Begin() : await job.Status(null);
            if (answer.Status is { } status) await Tell(status);
            else if (answer.Refusal == Refusal.NotFound) await Remove(name);
        }
        catch (Exception error)
        {
            NotReached(log, name, error.Message);
        }
    }

    private Task Write(Action<List<string>> change) => _writing.Run(async () =>
    {
        try
        {
            change(state.State.Jobs);
            await state.WriteStateAsync();
            foreach (var job in state.State.Jobs) _jobs.TryAdd(job, null);
        }
        catch
        {
            await state.ReadStateAsync();
            throw;
        }
    });

    [LoggerMessage(10, LogLevel.Warning, "job {Job} was not reached: {Why}")]
    private static partial void NotReached(ILogger log, string job, string why);
}

/// <summary>The names of all jobs.</summary>
[GenerateSerializer, Alias("matting.CatalogState")]
public sealed class CatalogState
{
    /// <summary>In the order in which they came.</summary>
    [Id(0)]
    public List<string> Jobs { get; set; } = [];
}
