using DistributedMatting.Core;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Jobs.Service;

namespace DistributedMatting.Workstation.Service;

/// <summary>Mattes the plates of a service's queue, one at a time: the queue knows no codec and no network.</summary>
public interface IPlateEngine
{
    /// <summary>Opens plate and trimap for their headers, and looks whether the alpha may be written. Must be quick; may be called from many threads.</summary>
    /// <exception cref="InvalidInputException">A file or setting will not do: one line.</exception>
    Task CheckAsync(JobSubmission submission, CancellationToken cancellation);

    /// <summary>Reads a submission's trimap to its end, and counts its unknown pixels; null where that cannot be said. Cheap beside <see cref="RunAsync"/>; one call at a time.</summary>
    /// <exception cref="InvalidInputException">The trimap cannot be read: one line.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    Task<long?> CountUnknownAsync(JobSubmission submission, CancellationToken cancellation);

    /// <summary>
    /// Mattes one plate. Called again with the same folder, it goes on from what is finished there;
    /// cancelled, it keeps what is finished.
    /// </summary>
    /// <exception cref="InvalidInputException">A file or setting will not do, or a disk is full: one line.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    Task<MattingReport> RunAsync(PlateOrder order, IPlateObserver observer, CancellationToken cancellation);
}

/// <summary>One plate to matte.</summary>
/// <param name="Id">The job that it is for.</param>
/// <param name="Submission">What was asked for.</param>
/// <param name="WorkFolder">Where finished patches wait; may not be there yet, and is the job's alone.</param>
public sealed record PlateOrder(JobId Id, JobSubmission Submission, string WorkFolder);
