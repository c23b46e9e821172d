namespace DistributedMatting.Web.Tests.Support;

/// <summary>The machine's time, and what a test lets pass beside it. Timers go by the machine alone.</summary>
internal sealed class MovableClock : TimeProvider
{
    private long _ticks;

    public void Pass(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _ticks));

    public override long GetTimestamp() => base.GetTimestamp() + (long)(Interlocked.Read(ref _ticks) / (double)TimeSpan.TicksPerSecond * TimestampFrequency);
}
