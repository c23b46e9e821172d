using DistributedMatting.Core;

namespace DistributedMatting.Workstation;

/// <summary>What one plate may take of this machine. Changes how long it takes, never its alpha.</summary>
public sealed record WorkstationLimits
{
    /// <summary>Patches in work at once, 1 to 256. The network should use one thread a call.</summary>
    public int Threads { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, MaxThreads);

    /// <summary>
    /// Memory in bytes that the whole process should stay below, 256 MiB to 1 TiB. Networks and codecs take
    /// what they need; what is left goes to caches, and with too little of it patches are encoded twice. By default
    /// no more than the activations of a plate of 6000×6000 pixels need to stay out of the scratch file.
    /// </summary>
    public long MemoryBytes { get; init; } = 1152L << 20;

    /// <summary>
    /// Most bytes of activations that may wait on disk, 0 to 1 PiB; never more than half of what is free there.
    /// </summary>
    public long ScratchBytes { get; init; } = 8L << 30;

    /// <summary>Most threads.</summary>
    public const int MaxThreads = 256;

    /// <summary>Least memory: runtime, network and a band of a wide plate need about this.</summary>
    public const long MinMemoryBytes = 256L << 20;

    /// <summary>Most memory.</summary>
    public const long MaxMemoryBytes = 1L << 40;

    /// <summary>Most scratch.</summary>
    public const long MaxScratchBytes = 1L << 50;

    /// <summary>Throws unless every limit is sane.</summary>
    /// <exception cref="InvalidInputException">Names the setting and what would be right.</exception>
    public void Validate()
    {
        if (Threads is < 1 or > MaxThreads)
            throw new InvalidInputException($"threads is {Threads}; it must be 1 to {MaxThreads}.");
        if (MemoryBytes is < MinMemoryBytes or > MaxMemoryBytes)
            throw new InvalidInputException($"memory is {MemoryBytes >> 20} MiB; it must be {MinMemoryBytes >> 20} MiB to {MaxMemoryBytes >> 20} MiB.");
        if (ScratchBytes is < 0 or > MaxScratchBytes)
            throw new InvalidInputException($"scratch is {ScratchBytes >> 20} MiB; it must be 0 to {MaxScratchBytes >> 20} MiB.");
    }
}
