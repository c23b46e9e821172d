using System.Runtime.ExceptionServices;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Patches;
using DistributedMatting.Core.Stitching;
using DistributedMatting.Workstation.Encoding;
using DistributedMatting.Workstation.Ingest;
using DistributedMatting.Workstation.Jobs;
using DistributedMatting.Workstation.Matting;
using DistributedMatting.Workstation.Stitching;
using DistributedMatting.Workstation.Timing;

namespace DistributedMatting.Workstation;

/// <summary>One run: takes the plate in, finds what an earlier run of the same job has left, infers the rest, stitches.</summary>
internal sealed class JobRun(PlateJob job, MattingRequest request, JobFolder folder)
{
    private readonly ThreadTime _time = new(job.Clock);
    private readonly JobDocuments _documents = new(folder, job.Clock);
    private readonly ReportBuilder _report = new(job);
    private readonly PriorsStage _priors = new(job.Source, job.Network.Shape, request);

    /// <summary>Whether the folder holds what would be of use to the next run.</summary>
    public bool HasProgress { get; private set; } = folder.HasJob;

    public MattingReport Run(CancellationToken cancellation)
    {
        var side = job.Network.Shape.Patch;
        using var plate = _report.Timed(MattingStage.Ingest, () => new IngestStage(folder, job.Source, request, _time).Run(
            size => new PatchGrid(size, side, request.Settings.Margin), _priors.Begin, cancellation));
        job.Observer?.Counted(plate.Census.UnknownPixels);
        var grid = new PatchGrid(plate.Size, side, request.Settings.Margin);
        var queries = new PlateQueries(grid, plate.Census);
        var key = request.Key(plate.PlateSha256, plate.TrimapSha256, job.Network.Shape);

        // Before the first network call: a place where the alpha cannot be written should not cost an hour.
        using var alpha = new AlphaFile(job.Alpha, plate.Size, _time);
        if (_documents.Claim(key, request.Fresh))
            _report.Warn($"{request.JobFolder} held the job of another plate, trimap, model or setting; it is replaced.");
        WarnOfTrimap(plate.Census);

        using var patches = PatchStore.Open(folder.Patches, Convert.FromHexString(key.Value), side, queries, _time, cancellation);
        HasProgress = true;
        if (patches.Damaged > 0)
            _report.Warn($"{request.JobFolder}: {patches.Damaged} finished patches were damaged; they are computed again.");
        queries.Await(patches.Has);
        job.Observer?.Cut(grid, queries.States());

        var seams = new SeamMeter(grid);
        var rows = new AlphaRowsTee(job.Rows is null ? [seams, alpha] : [seams, job.Rows, alpha]);
        var stitcher = new BandStitcher(grid, plate.Trimap, queries.Inferred, patches, rows);
        for (var slot = 0; slot < queries.Count; slot++)
            if (patches.Has(slot)) stitcher.Finished(queries[slot].Index);

        Produce(plate, key, queries, patches, stitcher, cancellation);
        _report.Timed(MattingStage.Stitch, alpha.Complete);
        _documents.Save(MattingStage.Stitch, patches.Count, queries.Count, finished: true);
        return _report.Build(key, plate, queries, patches, seams.Figure, _time);
    }

    private void Produce(
        IngestedPlate plate, JobKey key, PlateQueries queries, PatchStore patches, BandStitcher stitcher, CancellationToken cancellation)
    {
        if (queries.ToMatte.Count == 0)
        {
            Stitch(stitcher, plate.Size.Height, null, cancellation);
            return;
        }
        using var inference = new Inference(job, request, folder, plate, queries, _priors, _time, _report);
        _documents.Save(MattingStage.Encode, patches.Count, queries.Count);
        var matte = inference.Prepare(key, patches, cancellation);
        _documents.Save(MattingStage.Matte, patches.Count, queries.Count);
        Stitch(stitcher, plate.Size.Height, matte, cancellation);
        inference.Count(matte);
    }

    private void Stitch(BandStitcher stitcher, int rows, MatteStage? matte, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var stitch = new StitchStage(job, stitcher, rows, _time, stop.Cancel, stop.Token);
        try
        {
            if (matte is not null)
                _report.Timed(MattingStage.Matte, () => matte.Run(request.Limits.Threads, stitch.Finished, stop.Token));
            _report.Timed(MattingStage.Stitch, stitch.Join);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested && stitch.Failure() is { } failure)
        {
            // The workers were stopped because stitching had failed: that is the news.
            ExceptionDispatchInfo.Throw(failure);
        }
        catch
        {
            stop.Cancel();
            throw;
        }
    }

    private void WarnOfTrimap(PatchCensus census)
    {
        if (census.UnknownPixels == 0)
            _report.Warn("The trimap has no unknown pixel: the alpha is the trimap, no network was called.");
        else if (census.ForegroundPixels + census.BackgroundPixels == 0)
            _report.Warn("The trimap has no known pixel: nothing says what is in front, so the alpha is a guess.");
    }
}
