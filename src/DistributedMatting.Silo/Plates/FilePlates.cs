using DistributedMatting.Cluster.Farm;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Core.Jobs.Service.Workers;
using DistributedMatting.Core.Networks;
using DistributedMatting.Core.Plates;
using DistributedMatting.Imaging;
using DistributedMatting.Workstation;
using DistributedMatting.Workstation.Files;
using ProductVersion = DistributedMatting.Core.ProductVersion;

namespace DistributedMatting.Silo.Plates;

/// <summary>Plates and alphas as files that all silos see at the same paths, matted the way that a workstation mattes them.</summary>
/// <param name="model">The farm's network.</param>
/// <param name="limits">What plates and trimaps may claim to be.</param>
/// <param name="clock">Whose time is written beside an alpha.</param>
public sealed class FilePlates(FarmModel model, ImageLimits limits, TimeProvider clock) : IFarmPlates
{
    /// <inheritdoc/>
    public NetworkShape Shape => model.Shape;

    /// <inheritdoc/>
    public string ModelSha256 => model.Sha256;

    /// <inheritdoc/>
    public string Device => model.DeviceKind;

    /// <inheritdoc/>
    public MattingSettings Settings(JobSubmission submission)
    {
        ArgumentNullException.ThrowIfNull(submission);
        return model.Settings with
        {
            Margin = submission.Margin ?? model.Settings.Margin,
            Contexts = submission.Contexts ?? model.Settings.Contexts,
        };
    }

    /// <inheritdoc/>
    public void Check(JobSubmission submission)
    {
        ArgumentNullException.ThrowIfNull(submission);
        Settings(submission).Validate(Shape.Patch);
        PlateFiles.Check(submission.Plate, submission.Trimap, limits);
        string?[] inputs = [submission.Plate, submission.Trimap];
        OutputPath.Check(OutputPath.Words.Submission, submission.Alpha, submission.Replace, inputs);
        ProvenanceFile.Check(OutputPath.Words.Submission, submission.Alpha, submission.Replace, inputs);
    }

    /// <inheritdoc/>
    public PlateSource Open(JobSubmission submission, Action<string> warn)
    {
        ArgumentNullException.ThrowIfNull(submission);
        return PlateFiles.Check(submission.Plate, submission.Trimap, limits).Source(warn);
    }

    /// <inheritdoc/>
    public IAlphaWriter Create(JobSubmission submission, PixelSize size)
    {
        ArgumentNullException.ThrowIfNull(submission);
        return AlphaFile.Create(submission.Alpha, size, new AlphaFormat(submission.Depth), force: true);
    }

    /// <inheritdoc/>
    public void ForgetUnfinished(JobSubmission submission)
    {
        ArgumentNullException.ThrowIfNull(submission);
        AlphaFile.ForgetUnfinished(submission.Alpha);
    }

    /// <inheritdoc/>
    public void Finished(JobSubmission submission, MattingReport report)
    {
        ArgumentNullException.ThrowIfNull(submission);
        SideFile.Write(ProvenanceFile.PathOf(submission.Alpha), new MattingProvenance
        {
            Version = ProductVersion.Text,
            FinishedUtc = clock.GetUtcNow(),
            Plate = Path.GetFileName(submission.Plate),
            Trimap = Path.GetFileName(submission.Trimap),
            Model = model.Name,
            ModelSha256 = model.Sha256,
            Device = model.DeviceKind,
            Patch = Shape.Patch,
            Settings = Settings(submission),
            Report = report,
        }.ToJson() + "\n");
    }

    /// <inheritdoc/>
    public WorkerDevice Hardware() => model.Hardware();

    /// <inheritdoc/>
    public IMattingNetwork Load() => model.Load();
}
