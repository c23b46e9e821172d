using DistributedMatting.Core.Jobs.Service.Workers;
using DistributedMatting.Core.Networks;

namespace DistributedMatting.Cluster.Workers;

/// <summary>How many patches a worker takes at once, where nobody says.</summary>
internal static class BatchSize
{
    /// <summary>Most that it ever is.</summary>
    public const int Most = 64;

    // A batch that takes longer costs more when its worker is lost, and leaves others idle at the end of a plate; one
    // that is shorter asks the scheduler more often than anybody needs.
    private const double Seconds = 2;

    /// <summary>As many as it does in two seconds, and as a half of its memory holds.</summary>
    /// <param name="device">What it computes with.</param>
    /// <param name="sharers">Workers that share the device.</param>
    /// <param name="perSecond">Patches that it did a second when it was warm.</param>
    /// <param name="shape">Of its network.</param>
    public static int Of(WorkerDevice device, int sharers, double perSecond, NetworkShape shape)
    {
        // A patch that is encoded waits, with these, until its contexts are known.
        var patch = (double)shape.ActivationBytes + shape.TokenBytes + 4L * shape.InputChannels * shape.Patch * shape.Patch;
        var room = device.MemoryBytes is { } bytes ? bytes / 2.0 / Math.Max(1, sharers) / patch : Most;
        return (int)Math.Clamp(Math.Min(room, perSecond * Seconds), 1, Most);
    }
}
