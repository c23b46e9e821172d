namespace DistributedMatting.Core.Jobs.Service;

/// <summary>There is no job of that name (any more). The message is one line for the person who asked.</summary>
public sealed class JobNotFoundException : Exception
{
    /// <summary>No job has this name.</summary>
    public JobNotFoundException(JobId id) : this($"there is no job {id}; it may have been deleted")
    {
    }

    private JobNotFoundException(string message) : base(message)
    {
    }

    /// <summary>The text asked for cannot be a job's name; it is not repeated, it may be anything.</summary>
    public static JobNotFoundException Unnamed() => new("there is no such job; a job's name is 16 lower-case hexadecimal digits");
}
