namespace DistributedMatting.Core.Jobs.Service;

/// <summary>
/// The engine behind the service does not answer now: a farm that is being put together again. Nothing is lost by it, and
/// whoever asks again later may be answered.
/// </summary>
public sealed class EngineAwayException : Exception
{
    /// <summary>One clear line, and what stood in the way.</summary>
    public EngineAwayException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
