using DistributedMatting.Core.Jobs;

namespace DistributedMatting.Workstation.Timing;

/// <summary>Wall time and progress of one stage.</summary>
internal sealed class StageClock
{
    private readonly TimeProvider _clock;
    private readonly IProgress<StageProgress>? _progress;
    private readonly MattingStage _stage;
    private readonly string _unit;
    private readonly long _total;
    private readonly long _reused;
    private readonly long _began;
    private long _done;

    public StageClock(TimeProvider clock, IProgress<StageProgress>? progress, MattingStage stage, long total, string unit, long reused = 0)
    {
        (_clock, _progress, _stage, _total, _unit, _reused, _done) = (clock, progress, stage, total, unit, reused, reused);
        _began = clock.GetTimestamp();
        Add(0);
    }

    public void Add(long units)
    {
        var done = Interlocked.Add(ref _done, units);
        _progress?.Report(new StageProgress(_stage, done, _total, _unit, _clock.GetElapsedTime(_began), _reused));
    }
}
