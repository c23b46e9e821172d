using DistributedMatting.Core.Networks;
using DistributedMatting.Core.Plates;

namespace DistributedMatting.Workstation.Memory;

/// <summary>
/// Whether this process may hold more in its caches. What the network, the codecs and the runtime really take is
/// not known before it is measured, so the process is asked for what it holds now, and room is kept for what later
/// stages are sure to need.
/// </summary>
internal sealed class MemoryRoom
{
    // Garbage that the collector has not come to yet, and buffers of the alpha file.
    private const long Slack = 96L << 20;

    private readonly long _limit;

    public MemoryRoom(WorkstationLimits limits, NetworkShape shape, int contexts, PixelSize plate)
    {
        var band = 4L * shape.Patch * plate.Width;
        var thread = shape.ActivationBytes + (long)contexts * shape.TokenBytes + 6L * shape.Patch * shape.Patch;

        // TGNL holds the scores of all query cells against all tokens and their softmax; the decoder works on
        // its activations several times over.
        var attention = 2L * sizeof(float) * shape.Cells * shape.Cells * contexts;
        var decoder = 8L * shape.ActivationBytes;
        _limit = limits.MemoryBytes - band - limits.Threads * (thread + attention + decoder) - Slack;
    }

    public bool HasRoom() => ProcessMemory.Bytes < _limit;
}
