namespace DistributedMatting.Core.Jobs;

/// <summary>
/// Where the time of one plate went, in seconds. The stages are wall time; what the threads did inside them
/// is summed over the threads, so that it can be set against threads × wall time.
/// </summary>
public sealed record StageSeconds
{
    /// <summary>From the first row in to the finished alpha file.</summary>
    public double Total { get; init; }

    /// <summary>Wall time of reading plate and trimap (decoding included).</summary>
    public double Ingest { get; init; }

    /// <summary>Wall time of solving the priors.</summary>
    public double Priors { get; init; }

    /// <summary>Wall time of encoding.</summary>
    public double Encode { get; init; }

    /// <summary>Wall time of ranking.</summary>
    public double Rank { get; init; }

    /// <summary>Wall time of matting; stitching goes on beside it.</summary>
    public double Matte { get; init; }

    /// <summary>Wall time from the last matted patch to the last row: what stitching adds.</summary>
    public double StitchTail { get; init; }

    /// <summary>Thread time inside plate and trimap readers: the decoding of the files.</summary>
    public double FileDecode { get; init; }

    /// <summary>Thread time inside the alpha writer: the encoding of the file.</summary>
    public double FileEncode { get; init; }

    /// <summary>Thread time inside the network's encoder.</summary>
    public double NetworkEncode { get; init; }

    /// <summary>Thread time inside the network's TGNL and decoder.</summary>
    public double NetworkMatte { get; init; }

    /// <summary>Thread time of filling network inputs: scratch reads, reflection, prior planes.</summary>
    public double Inputs { get; init; }

    /// <summary>Thread time of keeping and fetching tokens, activations and finished patches.</summary>
    public double Stores { get; init; }

    /// <summary>Thread time of blending rows, without the alpha writer.</summary>
    public double Blend { get; init; }
}
