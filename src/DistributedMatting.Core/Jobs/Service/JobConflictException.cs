namespace DistributedMatting.Core.Jobs.Service;

/// <summary>
/// What was asked does not go with the state that the job is in: a finished job cannot be paused.
/// The message is one line that names the job, its state and what would be right.
/// </summary>
public sealed class JobConflictException : Exception
{
    /// <summary>One clear line.</summary>
    public JobConflictException(string message) : base(message)
    {
    }
}
