namespace DistributedMatting.Core.Jobs.Service;

/// <summary>All that is told of a job, as it stood at one moment.</summary>
public sealed record JobStatus
{
    /// <summary>Its name.</summary>
    public required JobId Id { get; init; }

    /// <summary>What was asked for; priority and comment are as they stand now.</summary>
    public required JobSubmission Submission { get; init; }

    /// <summary>Where it stands.</summary>
    public required JobState State { get; init; }

    /// <summary>Differs after every change, and rises over all jobs of a service; it is the event's name for a watcher who comes back.</summary>
    public required long Version { get; init; }

    /// <summary>When it was submitted, UTC.</summary>
    public required DateTimeOffset SubmittedUtc { get; init; }

    /// <summary>Who wrote the comment as it stands; null where it is the submission's own.</summary>
    public string? CommentedBy { get; init; }

    /// <summary>When the comment was last edited, UTC; null where it never was.</summary>
    public DateTimeOffset? CommentedUtc { get; init; }

    /// <summary>When a machine last took it up, UTC; null before.</summary>
    public DateTimeOffset? StartedUtc { get; init; }

    /// <summary>When it ended, UTC; null before.</summary>
    public DateTimeOffset? FinishedUtc { get; init; }

    /// <summary>How often a machine took it up.</summary>
    public int Attempts { get; init; }

    /// <summary>The stages of the present attempt that have begun, in order.</summary>
    public IReadOnlyList<StageStatus> Stages { get; init; } = [];

    /// <summary>Why it failed, in one sentence; null if it did not.</summary>
    public string? Error { get; init; }

    /// <summary>What was done; null until it has succeeded.</summary>
    public MattingReport? Report { get; init; }

    /// <summary>Unknown pixels of its trimap, 0 or more; null until they have been counted.</summary>
    public long? UnknownPixels { get; init; }

    /// <summary>
    /// Unknown pixels that are still to be matted, taking all patches for equally unknown; null until they have been
    /// counted. A job that goes on counts what it had matted before as soon as it mattes again.
    /// </summary>
    public long? UnknownPixelsLeft => Report is not null ? 0
        : Patches is { ToInfer: > 0 } patches ? (long?)(UnknownPixels * ((double)(patches.ToInfer - patches.Matted) / patches.ToInfer))
        : UnknownPixels;

    /// <summary>The same with another comment; itself where the words are the same.</summary>
    public JobStatus Commented(string comment, string author, DateTimeOffset now) => comment == Submission.Comment ? this
        : this with { Submission = Submission with { Comment = comment }, CommentedBy = author, CommentedUtc = now };

    /// <summary>Patches by state; null until they have been counted.</summary>
    public PatchCounts? Patches => PatchCounts.Of(Stages, Report);
}
