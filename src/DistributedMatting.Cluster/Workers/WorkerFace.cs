using DistributedMatting.Cluster.Scheduling;
using DistributedMatting.Cluster.Stages;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Core.Jobs.Service.Workers;
using DistributedMatting.Workstation.Memory;
using DistributedMatting.Workstation.Workers;

namespace DistributedMatting.Cluster.Workers;

/// <summary>A worker as others see it.</summary>
internal sealed class WorkerFace(string name, string silo, WorkerDevice device, TimeProvider clock) : IDisposable
{
    // Between two batches it asks for the next one; that is work, too.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly DateTimeOffset _since = clock.GetUtcNow();
    private readonly WorkerMeter _meter = new(clock, () => ProcessMemory.Bytes);
    private (LeaseMessage Lease, long At)? _last;

    public bool IsReady { get; set; }

    public bool Drains { get; set; }

    public int Batch { get; set; } = 1;

    /// <summary>Whether a batch is in work.</summary>
    public bool IsAtWork { get; private set; }

    public void Begin(LeaseMessage lease) => (_last, IsAtWork) = ((lease, clock.GetTimestamp()), true);

    public void End() => (_last, IsAtWork) = (_last is { } last ? (last.Lease, clock.GetTimestamp()) : null, false);

    /// <summary>A patch is done. From any thread.</summary>
    public void Count(string stage) => _meter.Count(isMatted: stage == StageNames.Matte);

    public WorkerStatus Status(bool history)
    {
        var lease = _last is { } last && (IsAtWork || clock.GetElapsedTime(last.At) < Pause) ? last.Lease : null;
        return new WorkerStatus
        {
            Name = name,
            Silo = silo,
            State = State(lease is not null),
            Devices = [device],
            Batch = Batch,
            Job = lease is null || Drains && !IsAtWork ? null : JobId.Parse(lease.Job),
            Stage = lease?.Stage switch
            {
                StageNames.Encode => MattingStage.Encode,
                StageNames.Matte => MattingStage.Matte,
                _ => null,
            },
            PatchesPerSecond = lease is null ? 0 : _meter.PatchesPerSecond,
            PatchesDone = _meter.Matted,
            MemoryBytes = _meter.MemoryBytes,
            SinceUtc = _since,
            History = history ? _meter.Samples() : [],
        };
    }

    public void Dispose() => _meter.Dispose();

    private WorkerState State(bool works)
    {
        if (!IsReady) return WorkerState.Starting;
        if (Drains) return IsAtWork ? WorkerState.Draining : WorkerState.Drained;
        return works ? WorkerState.Working : WorkerState.Idle;
    }
}
