using DistributedMatting.Core;
using DistributedMatting.Core.Context;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Priors;

namespace DistributedMatting.Workstation.WarmUp;

/// <summary>
/// Mattes a plate of a few patches with a network that does nothing, so that the code of all stages is compiled before
/// the first real plate. Compiling takes 0.7 s; while a process reads its arguments and loads a network it has a core to
/// spare for that.
/// </summary>
public static class PipelineWarmUp
{
    /// <summary>Runs it once; nothing is kept.</summary>
    /// <param name="cancellation">Ends it between patches: a process that has no more use for it need not wait.</param>
    /// <returns>Whether it came to its end. What is wrong with this machine's disk is told by the first real plate.</returns>
    public static async Task<bool> RunAsync(CancellationToken cancellation)
    {
        try
        {
            var folder = Directory.CreateTempSubdirectory("matting-warm-up-");
            try
            {
                await MatteAsync(Path.Combine(folder.FullName, "job"), cancellation);
                return true;
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidInputException or OperationCanceledException)
        {
            return false;
        }
    }

    private static async Task MatteAsync(string jobFolder, CancellationToken cancellation)
    {
        using var network = new StillNetwork();
        var job = new PlateJob
        {
            Network = network,
            Plate = () => new TinyPlate(),
            Trimap = () => new TinyTrimap(),
            Alpha = size => new NoAlpha(size),
        };
        await job.RunAsync(
            new MattingRequest
            {
                JobFolder = jobFolder,
                ModelSha256 = new string('0', 64),
                Settings = new MattingSettings { Margin = StillNetwork.Patch / 4, Contexts = 2, ContextUse = ContextUse.OneSidedQueries },
                Priors = new PriorOptions { Pixels = PriorOptions.LeastPixels },
                // Two threads, whatever the real plate has: what one thread runs is part of what two run.
                Limits = new WorkstationLimits { Threads = 2 },
            },
            cancellation);
    }
}
