namespace DistributedMatting.Workstation.Bench;

/// <summary>What one way of matting a plate cost. Run each way in a process of its own: peaks are the process's.</summary>
/// <param name="Method">"network", "pipeline", "crop-and-stitch" or "closed-form".</param>
/// <param name="Seconds">
/// The cost of the whole plate to compare, without decoding and encoding files. For "pipeline" and "closed-form": wall time.
/// For the others:
/// time inside the network's calls ("network") or inside the patches ("crop-and-stitch"), summed over the threads and
/// divided by their number, so as if they were packed without a gap; crop-and-stitch adds the wall time of its priors
/// and of making and finishing its image.
/// </param>
/// <param name="FileSeconds">Wall time of decoding and encoding the files, apart.</param>
/// <param name="PeakMemoryMib">Most memory of the whole process, in MiB.</param>
/// <param name="Queries">Patches of the plate that have to be matted.</param>
/// <param name="Measured">Those that were; fewer only for crop-and-stitch, whose patches' time is scaled up to all queries.</param>
/// <param name="Encodes">Encoder calls that <paramref name="Seconds"/> stands for.</param>
/// <param name="Threads">Threads that called the network.</param>
/// <param name="Report">The pipeline's own account, for "pipeline" only.</param>
public sealed record BenchResult(
    string Method, double Seconds, double FileSeconds, double PeakMemoryMib, int Queries, int Measured, int Encodes, int Threads,
    Core.Jobs.MattingReport? Report = null);
