using System.Globalization;
using DistributedMatting.Cluster.Farm;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Core.Plates;
using DistributedMatting.Core.Stitching;
using DistributedMatting.Workstation.Stages;

namespace DistributedMatting.Cluster.Stages;

/// <summary>The alpha of one attempt of a job, written beside its place band after band, top to bottom.</summary>
internal sealed class AlphaUnderWay : IDisposable
{
    private readonly Func<int, string> _bandOf;
    private readonly PlateRoom _room;
    private readonly IReadOnlyList<PlateBand> _bands;
    private readonly SeamMeter _seams;
    private readonly IAlphaWriter _alpha;
    private byte[] _regions = [];

    public AlphaUnderWay(JobSubmission submission, long attempt, string job, FarmFolder folder, int bandRows, IFarmPlates plates)
    {
        Attempt = attempt;
        _room = PlateRoom.Open(folder.Plate(job));
        _bandOf = firstRow => folder.Band(job, firstRow);
        try
        {
            (_bands, _seams) = (PlateBand.Of(_room.Grid, bandRows), new SeamMeter(_room.Grid));
            _alpha = plates.Create(submission, _room.Grid.Size);
        }
        catch
        {
            _room.Dispose();
            throw;
        }
    }

    public long Attempt { get; }

    /// <summary>How many of the bands it has.</summary>
    public int Joined { get; private set; }

    public bool HasAll => Joined == _bands.Count;

    /// <summary>Takes the next bands, up to so many in all.</summary>
    /// <returns>The number of a band that is not whole: it is deleted, and this alpha is of no use any more. Null if all were.</returns>
    public int? Take(int bands, CancellationToken cancellation)
    {
        for (; Joined < Math.Min(bands, _bands.Count); Joined++)
        {
            cancellation.ThrowIfCancellationRequested();
            var path = _bandOf(_bands[Joined].FirstRow);
            if (BandFile.Read(path, _room.Grid, _bands[Joined], Write)) continue;
            File.Delete(path);
            return Joined;
        }
        cancellation.ThrowIfCancellationRequested();
        return null;
    }

    /// <summary>Puts the alpha in its place.</summary>
    /// <returns>The seam figure; empty where the plate has no border to judge.</returns>
    public string Complete()
    {
        _alpha.Complete();
        var figure = _seams.Figure;
        return figure.Samples > 0 ? figure.Ratio.ToString("R", CultureInfo.InvariantCulture) : "";
    }

    public void Dispose()
    {
        try
        {
            _alpha.Dispose();
        }
        finally
        {
            _room.Dispose();
        }
    }

    private void Write(int firstRow, ReadOnlySpan<float> rows)
    {
        if (_regions.Length < rows.Length) _regions = new byte[rows.Length];
        _room.Trimap.ReadRegions(new PixelRect(0, firstRow, _room.Grid.Size.Width, rows.Length / _room.Grid.Size.Width), _regions);
        _seams.Write(firstRow, rows, _regions.AsSpan(0, rows.Length));
        _alpha.WriteRows(rows);
    }
}
