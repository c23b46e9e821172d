namespace DistributedMatting.Core.Jobs.Service.Results;

/// <summary>What of a job is looked at.</summary>
public enum PictureView
{
    /// <summary>The plate.</summary>
    Plate,

    /// <summary>The trimap: black background, grey unknown, white foreground.</summary>
    Trimap,

    /// <summary>The alpha matte; black is 0, white is 1.</summary>
    Alpha,

    /// <summary>The plate's own colours over something else, by the alpha.</summary>
    Composite,
}
