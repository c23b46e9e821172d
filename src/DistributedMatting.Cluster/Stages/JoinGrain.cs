using DistributedMatting.Cluster.Farm;
using DistributedMatting.Cluster.Jobs;
using DistributedMatting.Core.Jobs.Service;

namespace DistributedMatting.Cluster.Stages;

/// <summary>
/// Streams the bands into the alpha, in order, while those below are still being matted: between two questions the file
/// stays open. If its silo dies, the next one begins again with the first band.
/// </summary>
public sealed class JoinGrain(StageGate gate, FarmFolder folder, FarmOptions options, IFarmPlates plates) : LongWork(gate), IJoinGrain
{
    // The work's while it runs, the grain's when nothing runs.
    private AlphaUnderWay? _alpha;

    private string Job => this.GetPrimaryKeyString();

    /// <inheritdoc/>
    protected override bool Keeps => _alpha is not null;

    /// <inheritdoc/>
    public async Task<WorkAnswer> Ensure(string submission, long attempt, int bands)
    {
        var answer = await Ensure(attempt, cancellation => Join(Wire.Read<JobSubmission>(submission), attempt, bands, cancellation));
        // Without any of these it answers somebody who asked for fewer.
        var isHeard = answer is not { Result: null, Missing: null, Error: null };
        return isHeard || _alpha?.Joined >= bands ? answer : WorkAnswer.GoesOn;
    }

    /// <inheritdoc/>
    protected override Task LetGo()
    {
        // Rows that are being encoded are waited for, and a large file is deleted.
        return Interlocked.Exchange(ref _alpha, null) is { } alpha ? Task.Run(alpha.Dispose) : Task.CompletedTask;
    }

    private WorkAnswer Join(JobSubmission submission, long attempt, int bands, CancellationToken cancellation)
    {
        if (_alpha?.Attempt != attempt) GiveUp();
        var goesOn = false;
        try
        {
            _alpha ??= new AlphaUnderWay(submission, attempt, Job, folder, options.BandRows, plates);
            if (_alpha.Take(bands, cancellation) is { } missing) return new WorkAnswer(true, Missing: [missing]);
            goesOn = !_alpha.HasAll;
            return new WorkAnswer(true, goesOn ? null : _alpha.Complete());
        }
        finally
        {
            if (!goesOn) GiveUp();
        }
    }

    // What was written beside the alpha's place goes with it, unless the alpha is whole.
    private void GiveUp() => Interlocked.Exchange(ref _alpha, null)?.Dispose();
}
