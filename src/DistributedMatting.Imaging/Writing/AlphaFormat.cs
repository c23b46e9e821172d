namespace DistributedMatting.Imaging;

/// <summary>How an alpha matte is stored.</summary>
/// <param name="BitDepth">8 or 16 (alpha × 255 or 65535, rounded to nearest), or 32 (float, exact; TIFF only).</param>
/// <param name="Threads">Threads that compress, at least 1.</param>
public sealed record AlphaFormat(int BitDepth = 16, int Threads = 2);
