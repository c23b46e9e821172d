using DistributedMatting.Cli.Matting;
using DistributedMatting.Cli.Models;
using DistributedMatting.Core;
using DistributedMatting.Workstation.Bench;
using DistributedMatting.Workstation.ClosedForm;
using DistributedMatting.Workstation.Files;

namespace DistributedMatting.Cli.Bench;

/// <summary>Inside a measuring process: one method, on one plate. What it writes is thrown away.</summary>
internal static class BenchWorker
{
    public static async Task<BenchResult> MeasureAsync(
        string method, LoadedModel model, PlateFiles files, int? cropAndStitchPatches, CancellationToken cancellation)
    {
        var scratch = Directory.CreateTempSubdirectory("matting-bench-");
        try
        {
            var alpha = Path.Combine(scratch.FullName, "alpha.tif");
            if (method == BenchReport.ClosedForm)
            {
                return await ClosedFormBench.RunAsync(
                    new ClosedFormPlate
                    {
                        Files = files,
                        Alpha = size => AlphaDepth.Create(alpha, size, "16", model.Model.Limits.Threads),
                        Options = new() { Threads = model.Model.Limits.Threads },
                    },
                    cancellation);
            }

            var matting = new PlateMatting
            {
                Model = model.Model,
                Files = files,
                Alpha = size => AlphaDepth.Create(alpha, size, "16", model.Model.Limits.Threads),
                JobFolder = Path.Combine(scratch.FullName, "job"),
                Fresh = true,
            };
            var (job, request) = (matting.Job(), matting.Request());
            return await (method switch
            {
                BenchReport.Network => NetworkBench.RunAsync(job, request, cancellation),
                BenchReport.Pipeline => PipelineBench.RunAsync(job, request, cancellation),
                BenchReport.CropAndStitch => CropAndStitchBench.RunAsync(job, request, dense: null, cropAndStitchPatches, cancellation),
                _ => throw new InvalidInputException($"--worker '{method}' is not known: it takes {string.Join(", ", BenchReport.Methods)}"),
            });
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }
}
