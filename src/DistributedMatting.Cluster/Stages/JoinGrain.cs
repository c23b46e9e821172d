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
    // Touched by the work alone, and by nobody while it runs.
    private AlphaUnderWay? _alpha;

    private string Job => this.GetPrimaryKeyString();

    /// <inheritdoc/>
    protected override bool Keeps => _alpha is not null;

    /// <inheritdoc/>
    public async Task<WorkAnswer> Ensure(string submission, long attempt, int bands)
    {
        var answer = await Ensure(attempt, cancellation => Join(Wire.Read<JobSubmission>(submission), attempt, bands, cancellation));
        // That was the answer to somebody who asked for fewer.
        return answer.IsDone && _alpha?.Joined < bands ? WorkAnswer.GoesOn : answer;
    }

    /// <inheritdoc/>
    protected override void LetGo()
    {
        _alpha?.Dispose();
        _alpha = null;
    }

    private WorkAnswer Join(JobSubmission submission, long attempt, int bands, CancellationToken cancellation)
    {
        if (_alpha?.Attempt != attempt) LetGo();
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
            // What was written beside the alpha's place goes with it, unless the alpha is whole.
            if (!goesOn) LetGo();
        }
    }
}
