using DistributedMatting.Core.Context;
using DistributedMatting.Core.Patches;

namespace DistributedMatting.Core.Jobs;

/// <summary>
/// Hears what becomes of a plate while it is matted: how far each stage is, and where each patch stands.
/// Called from any thread, often; it must be quick and throw nothing.
/// </summary>
public interface IPlateObserver : IProgress<StageProgress>
{
    /// <summary>The plate has been cut. Comes once, before anything is told of a patch.</summary>
    /// <param name="grid">How.</param>
    /// <param name="states">One a patch, in row order; what an earlier run of the same job has matted is matted already.</param>
    void Cut(PatchGrid grid, IReadOnlyList<PatchState> states);

    /// <summary>The trimap has been read to its end: how many of its pixels are unknown. Comes once, before <see cref="Cut"/>.</summary>
    void Counted(long unknownPixels);

    /// <summary>A patch stands elsewhere.</summary>
    void Became(int patchIndex, PatchState state);

    /// <summary>The contexts of all queries that are still to be matted are chosen. Does not come where a job has no contexts.</summary>
    void Ranked(ContextRanking ranking);

    /// <summary>A line that a person should read.</summary>
    void Say(string line);
}
