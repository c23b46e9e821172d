using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Plates;

namespace DistributedMatting.Workstation;

/// <summary>Where a plate and its trimap come from, and who hears how far reading them is.</summary>
public sealed record PlateSource
{
    /// <summary>Opens the plate; called once at most.</summary>
    public required Func<IPlateReader> Plate { get; init; }

    /// <summary>Opens the trimap; called once at most.</summary>
    public required Func<ITrimapReader> Trimap { get; init; }

    /// <summary>Hears of progress, from any thread.</summary>
    public IProgress<StageProgress>? Progress { get; init; }

    /// <summary>Whose time is reported.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
