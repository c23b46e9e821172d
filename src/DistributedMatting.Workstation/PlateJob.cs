using DistributedMatting.Core;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Networks;
using DistributedMatting.Core.Plates;

namespace DistributedMatting.Workstation;

/// <summary>Mattes one plate on this machine, from open files to a finished alpha. Made for one run.</summary>
public sealed class PlateJob
{
    /// <summary>The network; used by <see cref="WorkstationLimits.Threads"/> threads at once. Not disposed here.</summary>
    public required IMattingNetwork Network { get; init; }

    /// <summary>Opens the plate. Called once, or never when an earlier run has left its pixels.</summary>
    public required Func<IPlateReader> Plate { get; init; }

    /// <summary>Opens the trimap. Called once, or never.</summary>
    public required Func<ITrimapReader> Trimap { get; init; }

    /// <summary>Begins the alpha file; called when the size is known and inputs proved sound.</summary>
    public required Func<PixelSize, IAlphaWriter> Alpha { get; init; }

    /// <summary>Hears of progress, from any thread.</summary>
    public IProgress<StageProgress>? Progress { get; init; }

    /// <summary>Hears of every line a person should read, as it comes; they are in the report too.</summary>
    public Action<string>? Warning { get; init; }

    /// <summary>Sees finished rows, as they are written.</summary>
    public RowObserver? Rows { get; init; }

    /// <summary>Whose time is reported.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Runs all stages.</summary>
    /// <exception cref="InvalidInputException">Bad input or settings, a job folder in use, a full disk: one line.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; finished patches stay in the job folder.</exception>
    public Task<MattingReport> RunAsync(MattingRequest request, CancellationToken cancellation)
    {
        request.Validate(Network.Shape.Patch);
        cancellation.ThrowIfCancellationRequested();
        throw new NotSupportedException("The stages come next.");
    }
}
