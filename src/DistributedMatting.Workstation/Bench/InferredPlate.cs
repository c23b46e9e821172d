using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Patches;
using DistributedMatting.Workstation.Encoding;
using DistributedMatting.Workstation.Ingest;
using DistributedMatting.Workstation.Jobs;
using DistributedMatting.Workstation.Matting;
using DistributedMatting.Workstation.Timing;

namespace DistributedMatting.Workstation.Bench;

/// <summary>A decoded plate with everything that is needed to call the network on its patches.</summary>
internal sealed class InferredPlate : IDisposable
{
    private readonly JobFolder _folder;

    public InferredPlate(PlateJob job, MattingRequest request, IngestedPlate plate, CancellationToken cancellation)
    {
        _folder = JobFolder.Open(request.JobFolder);
        Time = new ThreadTime(job.Clock);
        Queries = new PlateQueries(new PatchGrid(plate.Size, job.Network.Shape.Patch, request.Settings.Margin), plate.Census);
        Key = request.Key(plate.PlateSha256, plate.TrimapSha256, job.Network.Shape);
        Patches = PatchStore.Open(_folder.Patches, Convert.FromHexString(Key.Value), job.Network.Shape.Patch, Queries, Time, cancellation);
        Queries.Await(_ => false);
        Inference = new Inference(job, request, _folder, plate, Queries, new PriorsStage(job.Source, job.Network.Shape, request), Time, new ReportBuilder(job));
    }

    public ThreadTime Time { get; }

    public PlateQueries Queries { get; }

    public JobKey Key { get; }

    public PatchStore Patches { get; }

    public Inference Inference { get; }

    public void Dispose()
    {
        Inference.Dispose();
        Patches.Dispose();
        _folder.DeleteAll();
        _folder.Dispose();
    }
}
