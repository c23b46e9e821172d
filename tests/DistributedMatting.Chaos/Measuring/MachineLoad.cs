namespace DistributedMatting.Chaos.Measuring;

/// <summary>How much else the machine does: figures of a busy one say little.</summary>
internal static class MachineLoad
{
    /// <summary>Threads that want a processor, over the last minute, and how many processors there are.</summary>
    public static string Now =>
        File.Exists("/proc/loadavg") ? $"{File.ReadAllText("/proc/loadavg").Split(' ')[0]} on {Environment.ProcessorCount} cores" : "unknown";
}
