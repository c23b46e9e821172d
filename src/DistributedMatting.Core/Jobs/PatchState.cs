namespace DistributedMatting.Core.Jobs;

/// <summary>Where one patch of a plate stands.</summary>
public enum PatchState : byte
{
    /// <summary>It has no unknown pixel: its alpha is its trimap, and it is never inferred.</summary>
    Known,

    /// <summary>It is to be encoded.</summary>
    Waiting,

    /// <summary>It is encoded, and to be matted.</summary>
    Encoded,

    /// <summary>Its alpha is finished.</summary>
    Matted,

    /// <summary>It is where the job failed.</summary>
    Failed,
}
