using DistributedMatting.Workstation.ClosedForm;
using DistributedMatting.Workstation.Memory;

namespace DistributedMatting.Workstation.Bench;

/// <summary>The whole plate by closed-form matting: what it costs to do without a network.</summary>
public static class ClosedFormBench
{
    /// <summary>Mattes the plate once.</summary>
    /// <param name="plate">Its alpha is one that nobody needs afterwards.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<BenchResult> RunAsync(ClosedFormPlate plate, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(plate);
        var seconds = (await plate.RunAsync(cancellation)).Seconds;
        var files = seconds.FileDecode + seconds.FileEncode;
        return new BenchResult(
            ClosedFormPlate.Name, seconds.Total - files, files, ProcessMemory.PeakBytes / (double)(1 << 20), 0, 0, 0, plate.Options.Threads);
    }
}
