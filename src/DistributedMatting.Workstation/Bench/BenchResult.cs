namespace DistributedMatting.Workstation.Bench;

/// <summary>What one way of matting a plate cost. Run each way in a process of its own: peaks are the process's.</summary>
/// <param name="Method">"network", "pipeline" or "crop-and-stitch".</param>
/// <param name="Seconds">
/// The cost to compare, without decoding and encoding files. For "network": time inside the network's calls, summed over
/// the threads and divided by their number, so as if they were packed without a gap. For the others: wall time.
/// </param>
/// <param name="FileSeconds">Wall time of decoding and encoding the files, apart.</param>
/// <param name="PeakMemoryMib">Most memory of the whole process, in MiB.</param>
/// <param name="Queries">Patches that were matted.</param>
/// <param name="Encodes">Encoder calls inside <paramref name="Seconds"/>.</param>
/// <param name="Threads">Threads that called the network.</param>
/// <param name="Report">The pipeline's own account, for "pipeline" only.</param>
public sealed record BenchResult(
    string Method, double Seconds, double FileSeconds, double PeakMemoryMib, int Queries, int Encodes, int Threads,
    Core.Jobs.MattingReport? Report = null);
