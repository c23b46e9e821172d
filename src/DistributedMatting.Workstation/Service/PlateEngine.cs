using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Core.Plates;
using DistributedMatting.Imaging;
using DistributedMatting.Workstation.Files;

namespace DistributedMatting.Workstation.Service;

/// <summary>The engine of a workstation: takes every plate the way that <c>matting run</c> takes it.</summary>
/// <param name="model">Mattes every plate; a submission may ask for another margin and other contexts.</param>
/// <param name="limits">What plates and trimaps may claim to be.</param>
/// <param name="clock">Whose time is reported.</param>
public sealed class PlateEngine(MattingModel model, ImageLimits limits, TimeProvider clock) : IPlateEngine
{
    /// <inheritdoc/>
    public Task CheckAsync(JobSubmission submission, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(submission);
        return Task.Run(() =>
        {
            Settings(submission).Validate(model.Network.Shape.Patch);
            PlateFiles.Check(submission.Plate, submission.Trimap, limits);
            CheckOutputs(submission, mayBeOurs: false);
        }, cancellation);
    }

    /// <inheritdoc/>
    public Task<long?> CountUnknownAsync(JobSubmission submission, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(submission);
        return Task.Run(() =>
        {
            using var trimap = PlateFiles.Check(submission.Plate, submission.Trimap, limits).OpenTrimap();
            return (long?)TrimapCount.Unknown(trimap, cancellation);
        }, cancellation);
    }

    /// <inheritdoc/>
    public async Task<MattingReport> RunAsync(PlateOrder order, IPlateObserver observer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(order);
        var submission = order.Submission;
        var files = PlateFiles.Check(submission.Plate, submission.Trimap, limits);
        // The first run has made sure that no alpha was there; one that is there now is what a killed run has left.
        CheckOutputs(submission, mayBeOurs: Directory.Exists(order.WorkFolder));
        return await new PlateMatting
        {
            Model = model with { Settings = Settings(submission) },
            Files = await files.HashedAsync(cancellation),
            Alpha = size => AlphaFile.Create(submission.Alpha, size, new AlphaFormat(submission.Depth, model.Limits.Threads), force: true),
            JobFolder = order.WorkFolder,
            KeepJobFolder = true, // until the queue has written that the job has succeeded
            ProvenanceFor = submission.Alpha,
            Observer = observer,
            Clock = clock,
        }.RunAsync(cancellation);
    }

    private static void CheckOutputs(JobSubmission submission, bool mayBeOurs)
    {
        string?[] inputs = [submission.Plate, submission.Trimap];
        OutputPath.Check(OutputPath.Words.Submission, submission.Alpha, submission.Replace || mayBeOurs, inputs);
        ProvenanceFile.Check(OutputPath.Words.Submission, submission.Alpha, submission.Replace, inputs);
    }

    private MattingSettings Settings(JobSubmission submission) => model.Settings with
    {
        Margin = submission.Margin ?? model.Settings.Margin,
        Contexts = submission.Contexts ?? model.Settings.Contexts,
    };
}
