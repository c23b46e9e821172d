namespace DistributedMatting.Web.Errors;

/// <summary>A request that is refused. The message is one sentence for the caller.</summary>
internal sealed class RefusedException(int status, string message) : Exception(message)
{
    /// <summary>The answer's HTTP status.</summary>
    public int Status { get; } = status;
}
