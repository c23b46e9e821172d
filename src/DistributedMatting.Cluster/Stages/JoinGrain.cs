using System.Globalization;
using DistributedMatting.Cluster.Farm;
using DistributedMatting.Cluster.Jobs;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Core.Plates;
using DistributedMatting.Core.Stitching;
using DistributedMatting.Workstation.Stages;

namespace DistributedMatting.Cluster.Stages;

/// <summary>Streams the bands into the alpha, in order.</summary>
public sealed class JoinGrain(StageGate gate, FarmFolder folder, FarmOptions options, IFarmPlates plates) : LongWork(gate), IJoinGrain
{
    private string Job => this.GetPrimaryKeyString();

    /// <inheritdoc/>
    public Task<WorkAnswer> Ensure(string submission, long attempt) => Ensure(attempt, cancellation => Join(Wire.Read<JobSubmission>(submission), cancellation));

    private WorkAnswer Join(JobSubmission submission, CancellationToken cancellation)
    {
        using var room = PlateRoom.Open(folder.Plate(Job));
        var (grid, bands) = (room.Grid, PlateBand.Of(room.Grid, options.BandRows));
        var seams = new SeamMeter(grid);
        byte[] regions = [];
        using var alpha = plates.Create(submission, grid.Size);
        for (var number = 0; number < bands.Count; number++)
        {
            cancellation.ThrowIfCancellationRequested();
            var path = folder.Band(Job, bands[number].FirstRow);
            var whole = BandFile.Read(path, grid, bands[number], (first, rows) =>
            {
                if (regions.Length < rows.Length) regions = new byte[rows.Length];
                room.Trimap.ReadRegions(new PixelRect(0, first, grid.Size.Width, rows.Length / grid.Size.Width), regions);
                seams.Write(first, rows, regions.AsSpan(0, rows.Length));
                alpha.WriteRows(rows);
            });
            if (whole) continue;
            // The beginning of the alpha that was written beside is given up.
            File.Delete(path);
            return new WorkAnswer(true, Missing: [number]);
        }
        cancellation.ThrowIfCancellationRequested();
        alpha.Complete();
        var figure = seams.Figure;
        return new WorkAnswer(true, figure.Samples > 0 ? figure.Ratio.ToString("R", CultureInfo.InvariantCulture) : "");
    }
}
