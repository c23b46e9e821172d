using DistributedMatting.Cluster.Farm;
using DistributedMatting.Cluster.Stages;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Core.Jobs.Service.Results;
using DistributedMatting.Core.Plates;
using DistributedMatting.Workstation.Results;
using Microsoft.Extensions.Logging;

namespace DistributedMatting.Cluster.Jobs;

/// <summary>The verbs of a job; what it does when it is its turn is <see cref="JobDrive"/>.</summary>
public sealed partial class PlateJobGrain(
    [PersistentState("job")] IPersistentState<PlateJobState> state, FarmFolder folder, FarmOptions options, IFarmPlates plates,
    StageGate gate, TimeProvider clock, ILogger<PlateJobGrain> log) : Grain, IPlateJobGrain, IRemindable, IDisposable
{
    private const string ReminderName = "go on";
    private static readonly TimeSpan ReminderPeriod = TimeSpan.FromMinutes(1); // the shortest there is
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    private static readonly TimeSpan CountAfter = TimeSpan.FromSeconds(3);

    private JobBook _book = null!;
    private JobPatches _patches = null!;
    private JobDrive? _drive;

    private JobId Id => JobId.Parse(this.GetPrimaryKeyString());

    private JobStatus Job => _book.Status ?? throw new JobNotFoundException(Id);

    private ICatalogGrain Catalog => GrainFactory.GetGrain<ICatalogGrain>(0);

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_book, _patches) = (new JobBook(state, clock), new JobPatches(folder, Id, clock));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_drive is { } drive) await drive.Stop();
    }

    /// <inheritdoc/>
    public void Dispose() => _drive?.Dispose();

    /// <inheritdoc/>
    public Task<JobAnswer> Submit(string submission) => JobAnswer.Try(async () =>
    {
        var asked = Wire.Read<JobSubmission>(submission);
        if (_book.Status is { } known)
        {
            if (!IsSame(known.Submission, asked)) throw new JobConflictException($"the token belongs to job {Id}, which is another submission; draw another token");
            await Catalog.Add(Wire.Write(known));
            return JobAnswer.Of(known);
        }

        using var span = JobTrace.Begin("submit", this.GetPrimaryKeyString());
        await Task.Run(() => plates.Check(asked));
        await ClaimAlpha(asked);
        // In this order: whatever dies in between, either the job is not there or it will be worked on.
        await this.RegisterOrUpdateReminder(ReminderName, ReminderPeriod, ReminderPeriod);
        await _book.Save(_ => new JobStatus
        {
            Id = Id,
            Submission = asked,
            State = JobState.Waiting,
            Version = 0,
            SubmittedUtc = clock.GetUtcNow(),
        });
        await Catalog.Add(Wire.Write(Job));
        _ = CountAsync(asked);
        return JobAnswer.Of(Job, isNew: true);
    });

    /// <inheritdoc/>
    public Task<JobAnswer> Status(long? seen) => JobAnswer.Try(async () =>
    {
        if (Job.Version == seen) await Task.WhenAny(_book.Changed, Task.Delay(Patience));
        return Job.Version == seen ? new JobAnswer(null) : JobAnswer.Of(Job);
    });

    /// <inheritdoc/>
    public Task<JobAnswer> Apply(JobVerb verb) => JobAnswer.Try(async () =>
    {
        if (Job.State.After(verb, Id) != Job.State && _drive is { } drive) await drive.Stop();
        // Only now: it may have come to its end meanwhile, and a finished alpha is finished.
        var (before, next) = (Job.State, Job.State.After(verb, Id));
        var again = before.HasEnded() && !next.HasEnded();
        if (again) await ClaimAlpha(Job.Submission);
        // Said again, all of it is done again: the silo may have died halfway the first time. What is known is no news.
        if (!next.HasEnded()) await this.RegisterOrUpdateReminder(ReminderName, ReminderPeriod, ReminderPeriod);
        if (again) await StopStages(() => folder.ForgetPlate(Id.ToString()));
        if (next != before) await _book.Save(job => job! with { State = next, FinishedUtc = next.HasEnded() ? clock.GetUtcNow() : null, Error = null });
        if (next == JobState.Cancelled) await StopStages(() => JobDrive.Leave(folder, _patches, Id));
        if (next == JobState.Paused) await Unfinished.LetGoAsync(GrainFactory, plates, Job);
        await Catalog.Add(Wire.Write(Job));
        return JobAnswer.Of(Job);
    });

    /// <inheritdoc/>
    public Task<JobAnswer> Prioritise(int priority) => Edit(job => job with { Submission = job.Submission with { Priority = priority } });

    /// <inheritdoc/>
    public Task<JobAnswer> Comment(string comment, string author) => Edit(job => job.Commented(comment, author, clock.GetUtcNow()));

    /// <inheritdoc/>
    public Task<JobAnswer> Delete() => JobAnswer.Try(async () =>
    {
        Job.State.RequireDeletable(Id);
        await StopStages(() =>
        {
            folder.Leave(Id.ToString());
            _patches.Forget();
        });
        await Catalog.Remove(Id.ToString());
        await _book.Save(_ => null);
        await Forget();
        return new JobAnswer(null);
    });

    /// <inheritdoc/>
    public Task<JobAnswer> Begin() => JobAnswer.Try(() =>
    {
        var ready = Job.State is JobState.Waiting or JobState.Running;
        if (ready && _drive is not { IsOver: false })
        {
            _drive?.Dispose();
            _drive = new JobDrive(Id, _book, _patches, folder, options, plates, GrainFactory, clock, log);
            _drive.Start();
        }
        DelayDeactivation(TimeSpan.FromMinutes(2));
        return Task.FromResult(JobAnswer.Of(Job));
    });

    /// <inheritdoc/>
    public Task<ResultAnswer> Patches() => Look(patches => patches.Map());

    /// <inheritdoc/>
    public Task<ResultAnswer> Patch(int index) => Look(patches => patches.Detail(index));

    /// <inheritdoc/>
    public Task Committed(string key, string stage, int[] patches, string home)
    {
        _drive?.Committed(key, stage, patches, home);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task RankingMissing(string key)
    {
        _drive?.RankingMissing(key);
        return Task.CompletedTask;
    }

    /// <summary>The last resort: whoever should have woken this job died as well.</summary>
    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (_book.Status is { } job && !job.State.HasEnded()) await Catalog.Add(Wire.Write(job));
        else await Forget();
    }

    // A stage that goes on would write into what is deleted here.
    private async Task StopStages(Action clear)
    {
        await new StageStop(GrainFactory, folder, options).RunAsync(Id.ToString(), JobDrive.AttemptOf(Job));
        await Task.Run(clear);
        await Unfinished.ForgetAsync(plates, Job);
    }

    private async Task ClaimAlpha(JobSubmission asked) =>
        asked.RequireFreeAlpha(await Catalog.Claim(asked.Alpha, this.GetPrimaryKeyString()) is { } writer ? JobId.Parse(writer) : default);

    private Task<ResultAnswer> Look<T>(Func<PatchRecord, T> what) => _book.Status is null
        ? Task.FromResult(new ResultAnswer(null))
        : ResultAnswer.Try(() => what(_patches.Now() ?? throw new ResultMissingException($"the patches of job {Id} are not known yet; they are when its trimap has been read")));

    private Task<JobAnswer> Edit(Func<JobStatus, JobStatus> edit) => JobAnswer.Try(async () =>
    {
        _ = Job;
        await _book.Save(job => edit(job!));
        _drive?.Reoffer();
        await Catalog.Add(Wire.Write(Job));
        return JobAnswer.Of(Job);
    });

    // How much work waits is known before it is begun, or while a large plate is being taken in; whatever dies meanwhile, it is
    // known when that is done, which is before anything is counted where the plate is small and nothing waits.
    private async Task CountAsync(JobSubmission asked)
    {
        try
        {
            await Task.Delay(CountAfter, clock);
            using var place = await gate.EnterAsync(CancellationToken.None);
            if (_book.Status is not { State: JobState.Waiting or JobState.Running, UnknownPixels: null }) return;
            var unknown = await Task.Run(() =>
            {
                using var trimap = plates.Open(asked, _ => { }).Trimap();
                return TrimapCount.Unknown(trimap, CancellationToken.None);
            });
            if (_book.Status is not { UnknownPixels: null }) return;
            await _book.Save(job => job is null ? null : job with { UnknownPixels = unknown });
            await Catalog.Tell(Wire.Write(Job));
        }
        catch (Exception error)
        {
            NotCounted(log, Id, error.Message);
        }
    }

    [LoggerMessage(20, LogLevel.Information, "job {Job}: its trimap was not counted: {Why}")]
    private static partial void NotCounted(ILogger log, JobId job, string why);

    private async Task Forget()
    {
        if (await this.GetReminder(ReminderName) is { } reminder) await this.UnregisterReminder(reminder);
    }

    // A token's job may have been given another priority or comment since.
    private static bool IsSame(JobSubmission a, JobSubmission b) => a with { Priority = b.Priority, Comment = b.Comment } == b;
}
