using DistributedMatting.Core.Jobs.Service.Workers;

namespace DistributedMatting.Workstation.Workers;

/// <summary>
/// Counts patches, and keeps samples: one a second for the rate that is told, one every ten seconds for an hour of history.
/// </summary>
public sealed class WorkerMeter : IDisposable
{
    /// <summary>Samples of the history: an hour of them.</summary>
    public const int History = 360;

    private const int SecondsToASample = 10;

    private readonly Lock _gate = new();
    private readonly Queue<(long At, long Steps)> _recent = new();
    private readonly Queue<WorkerSample> _history = new();
    private readonly TimeProvider _clock;
    private readonly Func<long> _memory;
    private readonly ITimer _timer;
    private long _steps;
    private long _matted;
    private long _memoryBytes;
    private int _ticks;

    /// <summary>Begins to count.</summary>
    /// <param name="clock">Paces the samples.</param>
    /// <param name="memory">Bytes that the process holds.</param>
    public WorkerMeter(TimeProvider clock, Func<long> memory)
    {
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(memory);
        (_clock, _memory, _memoryBytes) = (clock, memory, memory());
        _recent.Enqueue((clock.GetTimestamp(), 0));
        _timer = clock.CreateTimer(_ => Tick(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    /// <summary>Patches matted.</summary>
    public long Matted => Interlocked.Read(ref _matted);

    /// <summary>What the process holds, as of the last second.</summary>
    public long MemoryBytes => Interlocked.Read(ref _memoryBytes);

    /// <summary>Patches encoded or matted a second, over the last ten seconds.</summary>
    public double PatchesPerSecond
    {
        get
        {
            lock (_gate) return Rate();
        }
    }

    /// <summary>The last hour, oldest first.</summary>
    public IReadOnlyList<WorkerSample> Samples()
    {
        lock (_gate) return [.. _history];
    }

    /// <summary>A patch has been encoded, or matted.</summary>
    public void Count(bool isMatted)
    {
        Interlocked.Increment(ref _steps);
        if (isMatted) Interlocked.Increment(ref _matted);
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Tick()
    {
        var memory = _memory();
        Interlocked.Exchange(ref _memoryBytes, memory);
        lock (_gate)
        {
            _recent.Enqueue((_clock.GetTimestamp(), Interlocked.Read(ref _steps)));
            if (_recent.Count > SecondsToASample + 1) _recent.Dequeue();
            if (++_ticks % SecondsToASample != 0) return;
            _history.Enqueue(new WorkerSample(_clock.GetUtcNow(), Rate(), memory));
            if (_history.Count > History) _history.Dequeue();
        }
    }

    private double Rate()
    {
        var ((began, before), (ended, after)) = (_recent.Peek(), _recent.Last());
        var seconds = _clock.GetElapsedTime(began, ended).TotalSeconds;
        return seconds > 0 ? Math.Round((after - before) / seconds, 2) : 0;
    }
}
