using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Core.Jobs.Service.Events;
using DistributedMatting.Core.Jobs.Service.Results;
using DistributedMatting.Core.Jobs.Service.Workers;
using DistributedMatting.Workstation.Results;

namespace DistributedMatting.Cluster.Jobs;

/// <summary>The farm as a matting service; beside a silo, or far away over a client.</summary>
/// <param name="grains">Reaches the grains.</param>
/// <param name="clock">Whose time paces retries.</param>
/// <param name="views">Shows the jobs' files; null where nobody looks.</param>
public sealed class ClusterMattingService(IGrainFactory grains, TimeProvider clock, JobViews? views = null) : IMattingService
{
    // What happens to all jobs is asked for as often as this.
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly Calls _calls = new(clock);

    /// <inheritdoc/>
    public IJobResults Results => new FarmResults(this, views);

    /// <inheritdoc/>
    public IWorkerPool Workers { get; } = new FarmPool(grains, clock);

    /// <inheritdoc/>
    public async Task<JobReceipt> SubmitAsync(JobSubmission submission, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(submission);
        submission.Validate();
        if (submission.Name.Length == 0) submission = submission with { Name = ShortName(submission.Plate) };
        // The same token is the same name, and so the same job, whichever silo hears of it first.
        var id = submission.Token is { } token ? NameOf(token) : JobId.Create();
        var answer = await Call(id, job => job.Submit(Wire.Write(submission)), cancellation);
        return new JobReceipt(answer.Open(id)!, answer.IsNew);
    }

    /// <inheritdoc/>
    public async Task<JobStatus> StatusAsync(JobId id, CancellationToken cancellation) =>
        (await Call(id, job => job.Status(null), cancellation)).Open(id)!;

    /// <inheritdoc/>
    public async Task<JobPage> ListAsync(JobQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        query.Validate();
        return Wire.Read<JobPage>(await _calls.Repeat(() => grains.GetGrain<ICatalogGrain>(0).List(Wire.Write(query)), cancellation));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<JobStatus> WatchAsync(JobId id, long? seen, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            JobStatus? status;
            try
            {
                status = (await Call(id, job => job.Status(seen), cancellation)).Open(id);
            }
            catch (JobNotFoundException) when (seen is not null)
            {
                yield break;
            }
            if (status is null) continue;
            if (status.Version != seen) yield return status;
            seen = status.Version;
            if (status.State.HasEnded()) yield break;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<JobEvent> WatchAllAsync(long? seen, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var newest = new JobQuery { Limit = JobLimits.MaxPage };
        var page = await ListAsync(newest, cancellation);
        var number = page.Jobs.Select(job => job.Version).Append(seen ?? 0).Max();
        yield return new JobSnapshot(number, page);
        while (true)
        {
            await Task.Delay(LookEvery, clock, cancellation);
            var known = page.Jobs.ToDictionary(job => job.Id);
            page = await ListAsync(newest, cancellation);
            foreach (var job in page.Jobs.Where(job => known.GetValueOrDefault(job.Id)?.Version != job.Version).OrderBy(job => job.Version))
                yield return new JobChanged(number = Math.Max(number, job.Version), job);

            // On a full page a job may only have made room for others.
            if (page.Total > JobLimits.MaxPage) continue;
            var kept = new List<JobStatus>();
            foreach (var gone in known.Keys.Except(page.Jobs.Select(job => job.Id)))
            {
                // The list is made from what many silos say; only the job itself knows that it is no more.
                if (await FindAsync(gone, cancellation) is { } there)
                {
                    kept.Add(there);
                    continue;
                }
                yield return new JobDeleted(++number, gone, known[gone].Submission.Project);
            }
            if (kept.Count > 0) page = page with { Jobs = [.. page.Jobs, .. kept] };
        }
    }

    private async Task<JobStatus?> FindAsync(JobId id, CancellationToken cancellation)
    {
        try
        {
            return await StatusAsync(id, cancellation);
        }
        catch (JobNotFoundException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task<JobStatus> ApplyAsync(JobId id, JobVerb verb, CancellationToken cancellation) =>
        (await Call(id, job => job.Apply(verb), cancellation)).Open(id)!;

    /// <inheritdoc/>
    public async Task<JobStatus> SetPriorityAsync(JobId id, int priority, CancellationToken cancellation)
    {
        JobLimits.RequirePriority(priority);
        return (await Call(id, job => job.Prioritise(priority), cancellation)).Open(id)!;
    }

    /// <inheritdoc/>
    public async Task<JobStatus> SetCommentAsync(JobId id, string comment, string author, CancellationToken cancellation)
    {
        JobLimits.RequireComment(comment);
        JobLimits.RequireAuthor(author);
        return (await Call(id, job => job.Comment(comment, author), cancellation)).Open(id)!;
    }

    /// <inheritdoc/>
    public async Task DeleteAsync(JobId id, CancellationToken cancellation)
    {
        var tries = 0;
        var answer = await Call(id, Delete, cancellation);
        // Asked once more, because the first answer was lost, a job that is no more is what was wanted.
        if (tries == 1 || answer.Refusal != Refusal.NotFound) answer.Open(id);
        views?.Forget(id);

        Task<JobAnswer> Delete(IPlateJobGrain job)
        {
            tries++;
            return job.Delete();
        }
    }

    /// <summary>What can be seen of a job.</summary>
    internal async Task<T> ResultAsync<T>(JobId id, Func<IPlateJobGrain, Task<ResultAnswer>> ask, CancellationToken cancellation) =>
        id == default ? throw new JobNotFoundException(id) : (await _calls.Repeat(() => ask(grains.GetGrain<IPlateJobGrain>(id.ToString())), cancellation)).Open<T>(id);

    private Task<JobAnswer> Call(JobId id, Func<IPlateJobGrain, Task<JobAnswer>> call, CancellationToken cancellation) =>
        id == default ? throw new JobNotFoundException(id) : _calls.Repeat(() => call(grains.GetGrain<IPlateJobGrain>(id.ToString())), cancellation);

    private static JobId NameOf(string token) =>
        JobId.Parse(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)))[..16]);

    private static string ShortName(string plate)
    {
        var name = Path.GetFileName(plate);
        return name.Length <= JobLimits.MaxName ? name : name[..JobLimits.MaxName];
    }
}
