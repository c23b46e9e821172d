using DistributedMatting.Cli.Matting;
using DistributedMatting.Cli.Models;

namespace DistributedMatting.Cli.Bench;

/// <summary>Inside a measuring process: one method, on one plate.</summary>
internal static class BenchWorker
{
    public static Task<BenchMeasurement> MeasureAsync(
        string method, LoadedModel model, PlateFiles files, int cropAndStitchPatches, CancellationToken cancellation) =>
        throw new NotSupportedException($"{method} {model} {files} {cropAndStitchPatches} {cancellation}");
}
