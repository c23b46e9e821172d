namespace DistributedMatting.Core.Jobs.Service.Results;

/// <summary>What was asked of a job is not there, or not yet. The message is one line for the person who asked.</summary>
public sealed class ResultMissingException : Exception
{
    /// <summary>One clear line.</summary>
    public ResultMissingException(string message, Exception? inner = null) : base(message, inner)
    {
    }
}
