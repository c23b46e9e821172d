namespace DistributedMatting.Workstation.Timing;

/// <summary>What a thread was doing while its time was taken.</summary>
internal enum Work
{
    FileDecode,
    FileEncode,
    FileFinish,
    NetworkEncode,
    NetworkMatte,
    Inputs,
    Stores,
    /// <summary>All that the stitching thread does, the next two and the alpha writer included.</summary>
    Stitch,
    StitchReads,
    /// <summary>A whole patch of the bench's crop-and-stitch.</summary>
    CropAndStitch,
}

/// <summary>Sums what threads spend on each kind of work.</summary>
internal sealed class ThreadTime(TimeProvider clock)
{
    private readonly long[] _ticks = new long[Enum.GetValues<Work>().Length];

    /// <summary>Counts the time until the result is disposed.</summary>
    public Span Of(Work work) => new(this, work, clock.GetTimestamp());

    public double Seconds(Work work) => (double)Interlocked.Read(ref _ticks[(int)work]) / clock.TimestampFrequency;

    /// <summary>Time being taken.</summary>
    public readonly ref struct Span(ThreadTime time, Work work, long began)
    {
        public void Dispose() => time.Add(work, began);
    }

    private void Add(Work work, long began) => Interlocked.Add(ref _ticks[(int)work], Now() - began);

    private long Now() => clock.GetTimestamp();
}
