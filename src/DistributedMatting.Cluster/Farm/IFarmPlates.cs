using DistributedMatting.Core;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Core.Jobs.Service.Workers;
using DistributedMatting.Core.Networks;
using DistributedMatting.Core.Plates;
using DistributedMatting.Workstation;

namespace DistributedMatting.Cluster.Farm;

/// <summary>What a silo knows of files and networks; the grains know neither codecs nor devices. The same on all silos.</summary>
public interface IFarmPlates
{
    /// <summary>Sizes of the network.</summary>
    NetworkShape Shape { get; }

    /// <summary>SHA-256 of the network's files.</summary>
    string ModelSha256 { get; }

    /// <summary>What the farm's networks run on, "cpu" or "cuda"; one of them, for their results differ in the last bits.</summary>
    string Device { get; }

    /// <summary>The settings of a submission, with the model's own where it names none.</summary>
    MattingSettings Settings(JobSubmission submission);

    /// <summary>Opens a submission's files for their headers, and looks whether its alpha may be written.</summary>
    /// <exception cref="InvalidInputException">A file or setting will not do: one line.</exception>
    void Check(JobSubmission submission);

    /// <summary>Where its plate comes from.</summary>
    /// <param name="submission">What was asked for.</param>
    /// <param name="warn">Hears what a person should read.</param>
    PlateSource Open(JobSubmission submission, Action<string> warn);

    /// <summary>Begins its alpha, beside its place.</summary>
    IAlphaWriter Create(JobSubmission submission, PixelSize size);

    /// <summary>Takes away what a silo that died has left beside the place of an alpha. What is being written stays.</summary>
    void ForgetUnfinished(JobSubmission submission);

    /// <summary>Hears that the alpha is in its place: what must lie beside it is written here. May be called again.</summary>
    void Finished(JobSubmission submission, MattingReport report);

    /// <summary>What this silo's workers compute with. Asked on silos that have workers.</summary>
    /// <exception cref="InvalidInputException">The device is not there.</exception>
    WorkerDevice Hardware();

    /// <summary>Loads the network on this silo's device. Called once a worker; disposed by it.</summary>
    IMattingNetwork Load();
}
