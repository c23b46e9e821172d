namespace DistributedMatting.Core.Jobs.Service;

/// <summary>What a person can do to a job's state.</summary>
public enum JobVerb
{
    /// <summary>Hold it; finished patches are kept.</summary>
    Pause,

    /// <summary>Let a held job go on.</summary>
    Resume,

    /// <summary>Stop it for good; finished patches are given up.</summary>
    Cancel,

    /// <summary>Try a failed or cancelled job again.</summary>
    Retry,
}
