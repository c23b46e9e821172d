using DistributedMatting.Cluster.Farm;
using DistributedMatting.Cluster.Jobs;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Workstation;
using DistributedMatting.Workstation.Stages;

namespace DistributedMatting.Cluster.Stages;

/// <summary>The first stages of the workstation, in the shared folder.</summary>
public sealed class TilingGrain(StageGate gate, FarmFolder folder, IFarmPlates plates) : LongWork(gate), ITilingGrain
{
    private string Job => this.GetPrimaryKeyString();

    /// <inheritdoc/>
    public Task<WorkAnswer> Ensure(string submission, long attempt) => Ensure(attempt, cancellation => Take(Wire.Read<JobSubmission>(submission), cancellation));

    private WorkAnswer Take(JobSubmission submission, CancellationToken cancellation)
    {
        var place = folder.Plate(Job);
        if (PlateRoom.Look(place) is not null) return new WorkAnswer(true, Wire.Write(Array.Empty<string>()));

        Directory.CreateDirectory(folder.Job(Job));
        var attempt = folder.PlateAttempt(Job);
        var warnings = new List<string>();
        try
        {
            var request = new MattingRequest
            {
                JobFolder = attempt,
                ModelSha256 = plates.ModelSha256,
                Device = plates.Device,
                Settings = plates.Settings(submission),
            };
            PlateRoom.Take(attempt, plates.Open(submission, warnings.Add), plates.Shape, request, cancellation);
            cancellation.ThrowIfCancellationRequested();
            if (PlateRoom.Look(attempt) is null) throw new IOException("the job's folder went while its plate was taken in");
            // What is not whole there is of no use to anybody.
            if (Directory.Exists(place) && PlateRoom.Look(place) is null) Directory.Delete(place, recursive: true);
            Directory.Move(attempt, place);
        }
        catch (IOException) when (PlateRoom.Look(place) is not null)
        {
            // Another silo, thought dead, was first. Its plate is the same.
        }
        finally
        {
            if (Directory.Exists(attempt)) Directory.Delete(attempt, recursive: true);
        }
        return new WorkAnswer(true, Wire.Write(warnings));
    }
}
