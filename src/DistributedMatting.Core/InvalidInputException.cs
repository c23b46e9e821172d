namespace DistributedMatting.Core;

/// <summary>
/// Something that a person gave us is wrong. The message is one line for that person:
/// it names the file or setting, what is wrong, and what would be right.
/// The command line prints it and exits with 2; it never shows a stack trace.
/// </summary>
public sealed class InvalidInputException : Exception
{
    /// <summary>One clear line.</summary>
    public InvalidInputException(string message) : base(message)
    {
    }

    /// <summary>One clear line, and what caused it, for logs only.</summary>
    public InvalidInputException(string message, Exception inner) : base(message, inner)
    {
    }
}
