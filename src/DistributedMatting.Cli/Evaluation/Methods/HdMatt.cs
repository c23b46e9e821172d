using DistributedMatting.Cli.Matting;
using DistributedMatting.Cli.Models;
using DistributedMatting.Workstation.Files;

namespace DistributedMatting.Cli.Evaluation.Methods;

/// <summary>The same way that <c>run</c> takes, with the matte kept in memory.</summary>
internal sealed class HdMatt(LoadedModel model) : IEvaluationMethod
{
    public async Task<float[]> MatteAsync(EvaluationImage image, CancellationToken cancellation)
    {
        var jobFolder = Directory.CreateTempSubdirectory("matting-evaluate-");
        try
        {
            MemoryAlpha? alpha = null;
            await new PlateMatting
            {
                Model = model.Model,
                Files = image.Files,
                Alpha = size => alpha = new MemoryAlpha(size),
                JobFolder = jobFolder.FullName,
                Fresh = true,
            }.RunAsync(cancellation);
            return alpha!.Values;
        }
        finally
        {
            if (jobFolder.Exists) jobFolder.Delete(recursive: true);
        }
    }

    public void Dispose() => model.Dispose();
}
