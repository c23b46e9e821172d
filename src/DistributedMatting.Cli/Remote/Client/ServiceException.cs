namespace DistributedMatting.Cli.Remote.Client;

/// <summary>The service cannot be reached, or fails by itself: nothing that was given is wrong. One line for the person.</summary>
internal sealed class ServiceException : Exception
{
    public ServiceException(string message) : base(message)
    {
    }

    public ServiceException(string message, Exception inner) : base(message, inner)
    {
    }
}
