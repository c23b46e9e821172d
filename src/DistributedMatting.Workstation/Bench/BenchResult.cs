namespace DistributedMatting.Workstation.Bench;

/// <summary>What one way of matting a plate cost. Run each way in a process of its own: peaks are the process's.</summary>
/// <param name="Method">"network", "pipeline" or "crop-and-stitch".</param>
/// <param name="Seconds">Wall time, without decoding and encoding of files where these are not overlapped.</param>
/// <param name="FileSeconds">Wall time of decoding and encoding files, apart.</param>
/// <param name="PeakMemoryMib">Most memory of the whole process, in MiB.</param>
/// <param name="Encodes">Encoder calls.</param>
/// <param name="Mattes">Calls of TGNL and decoder.</param>
/// <param name="Threads">Threads that called the network.</param>
public sealed record BenchResult(
    string Method, double Seconds, double FileSeconds, double PeakMemoryMib, int Encodes, int Mattes, int Threads);
