using DistributedMatting.Core;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Networks;
using DistributedMatting.Core.Plates;
using DistributedMatting.Core.Stitching;
using DistributedMatting.Core.Storage;
using DistributedMatting.Workstation.Jobs;
using DistributedMatting.Workstation.Storage;

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

    /// <summary>Hears how the plate is cut, and what becomes of each patch; its progress and lines are told by the two others.</summary>
    public IPlateObserver? Observer { get; init; }

    /// <summary>Hears of every line a person should read, as it comes; they are in the report too.</summary>
    public Action<string>? Warning { get; init; }

    /// <summary>Sees finished rows as they are written, on the stitching thread.</summary>
    public IAlphaRows? Rows { get; init; }

    /// <summary>
    /// Hears that the alpha is in its place, before the job's folder is cleared: what must lie beside an alpha is written
    /// here, so that a run that is killed meanwhile can be run again to have it.
    /// </summary>
    public Action<MattingReport>? Finished { get; init; }

    /// <summary>Whose time is reported.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Where the plate comes from.</summary>
    internal PlateSource Source => new() { Plate = Plate, Trimap = Trimap, Progress = Progress, Clock = Clock };

    /// <summary>Whether another query's activations may wait in memory; asks the process itself where a test does not.</summary>
    internal Func<bool>? HasRoom { get; init; }

    /// <summary>Runs all stages.</summary>
    /// <exception cref="InvalidInputException">Bad input or settings, a job folder in use, a full disk: one line.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; finished patches stay in the job folder.</exception>
    public Task<MattingReport> RunAsync(MattingRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Validate(Network.Shape.Patch);
        return Task.Factory.StartNew(
            () => Run(request, cancellation), cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>The folder that a job works in where nobody names another.</summary>
    public static string FolderOf(string alpha) => alpha + ".job";

    /// <summary>Whether the last job in a folder brought its alpha to its place, and yet the folder is still there.</summary>
    public static bool HasFinished(string jobFolder) =>
        SafeFile.ReadJson<JobStateFile>(Path.Combine(jobFolder, JobFolder.StateName)) is { Finished: true };

    /// <summary>Clears a folder that a run has left which was killed when nothing else was to do; does nothing for any other.</summary>
    /// <exception cref="InvalidInputException">Another process is in it.</exception>
    public static void ClearFinished(string jobFolder)
    {
        if (!HasFinished(jobFolder)) return;
        using var folder = JobFolder.Open(jobFolder);
        folder.DeleteAll();
    }

    /// <summary>Does something for a patch, and tells what has become of it.</summary>
    internal void Step(int patch, PatchState then, Action work)
    {
        try
        {
            work();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Observer?.Became(patch, PatchState.Failed);
            throw;
        }

        Observer?.Became(patch, then);
    }

    private MattingReport Run(MattingRequest request, CancellationToken cancellation)
    {
        using var folder = JobFolder.Open(request.JobFolder);
        var run = new JobRun(this, request, folder);
        try
        {
            var report = run.Run(cancellation);
            Finished?.Invoke(report);
            if (request.KeepJobFolder) folder.DeleteScratch();
            else folder.DeleteAll();
            return report;
        }
        catch (Exception error)
        {
            // A run that came to nothing leaves nothing; one that got somewhere leaves what the next can use.
            if (!run.HasProgress) folder.DeleteAll();
            if (DiskErrors.Explain(error, request.JobFolder) is { } line) throw line;
            throw;
        }
    }
}
