namespace DistributedMatting.Core.Jobs.Service.Results;

/// <summary>
/// What can be seen of jobs, while they run and afterwards. May be called from many threads at once. Every call
/// throws <see cref="JobNotFoundException"/> where there is no such job, and <see cref="ResultMissingException"/>
/// where what is asked for is not there.
/// </summary>
public interface IJobResults
{
    /// <summary>The pyramid of a job, and which views there are.</summary>
    Task<JobPictures> PicturesAsync(JobId id, CancellationToken cancellation);

    /// <summary>What a view is made of now; cheap, so that a client who has it need not be sent it again.</summary>
    Task<PictureTag> TagAsync(JobId id, PictureView view, CancellationToken cancellation);

    /// <summary>One tile of a view's pyramid. The first of a view may take as long as decoding the whole picture.</summary>
    /// <param name="id">The job.</param>
    /// <param name="view">What of it.</param>
    /// <param name="level">0 to <see cref="JobPictures.Levels"/> − 1.</param>
    /// <param name="x">Column of the tile, from 0.</param>
    /// <param name="y">Row of the tile, from 0.</param>
    /// <param name="over">What a composite lies on.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    Task<EncodedPicture> TileAsync(JobId id, PictureView view, int level, int x, int y, Backdrop over, CancellationToken cancellation);

    /// <summary>Any part of a view at any scale.</summary>
    /// <exception cref="InvalidInputException">The region is outside the plate or too large.</exception>
    Task<EncodedPicture> RegionAsync(JobId id, PictureView view, PictureRegion region, Backdrop over, CancellationToken cancellation);

    /// <summary>The patches of a job; there as soon as its trimap has been read.</summary>
    Task<PatchMap> PatchesAsync(JobId id, CancellationToken cancellation);

    /// <summary>One patch and its contexts.</summary>
    Task<PatchDetail> PatchAsync(JobId id, int index, CancellationToken cancellation);

    /// <summary>The alpha of a job that has succeeded.</summary>
    Task<ResultFile> AlphaAsync(JobId id, CancellationToken cancellation);

    /// <summary>Where the alpha came from, as <see cref="MattingProvenance"/>, of a job that has succeeded.</summary>
    Task<ResultFile> ProvenanceAsync(JobId id, CancellationToken cancellation);

    /// <summary>What happened to a job.</summary>
    Task<JobLog> LogAsync(JobId id, CancellationToken cancellation);
}
