namespace DistributedMatting.Core.Storage;

/// <summary>What file systems refuse, in words for a person. The one place that knows the numbers of errors.</summary>
public static class DiskErrors
{
    // errno of Linux
    private const int NotPermitted = 1, InputOutput = 5, NoAccess = 13, NotAFolder = 20, TooManyFiles = 24, FileTooBig = 27, NoSpace = 28,
        ReadOnly = 30, NameTooLong = 36, CircleOfLinks = 40, StaleHandle = 116, Quota = 122;

    private const int AlreadyThere = 17, AnotherFileSystem = 18, TooManyLinks = 31, NoSuchCall = 38, NotSupported = 95;

    private const int WindowsDiskFull = unchecked((int)0x80070070), WindowsHandleDiskFull = unchecked((int)0x80070027);

    private const string Elsewhere = "name another place";

    /// <summary>What is wrong and what would be right, in a clause; null where the error says nothing about the disk.</summary>
    public static string? Why(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error switch
        {
            UnauthorizedAccessException => $"this user has no right to; change the permissions or {Elsewhere}",
            PathTooLongException => TooLong,
            // The runtime says so of a path through a file, too.
            DirectoryNotFoundException => "its folder is not there, or a part of its path is a file and no folder; make it first",
            FileNotFoundException => $"it, or what it would lie in, is not there; {Elsewhere}",
            IOException => OfNumber(error.HResult),
            _ => null,
        };
    }

    /// <summary>The line for a person, or null where the error says nothing about the disk.</summary>
    /// <param name="error">What was thrown.</param>
    /// <param name="where">The file or folder.</param>
    public static InvalidInputException? Explain(Exception error, string where) =>
        error is not FileNotFoundException && Why(error) is { } why ? new InvalidInputException($"{where}: cannot be written, {why}", error) : null;

    /// <summary>The line for a person, whatever the error.</summary>
    /// <param name="error">What was thrown.</param>
    /// <param name="what">What cannot be done, a sentence's beginning that names the file or folder: "a.png cannot be read".</param>
    public static InvalidInputException Refused(Exception error, string what)
    {
        ArgumentNullException.ThrowIfNull(error);
        return new InvalidInputException($"{what}: {Why(error) ?? $"{error.Message.TrimEnd('.')}; {Elsewhere}"}", error);
    }

    /// <summary>Whether the disk, or the user's part of it, is full.</summary>
    public static bool IsFull(IOException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error.HResult is NoSpace or Quota or WindowsDiskFull or WindowsHandleDiskFull;
    }

    /// <summary>Whether a number of Linux says that there is a file of that name already.</summary>
    public static bool IsTaken(int number) => number == AlreadyThere;

    /// <summary>Whether a number of Linux, of an attempt to give a file a second name, says that its file system does not do that.</summary>
    public static bool HasNoLinks(int number) => number is NotPermitted or AnotherFileSystem or TooManyLinks or NoSuchCall or NotSupported;

    private const string TooLong = "its name is too long (255 bytes a part, 4096 in all); take a shorter one";

    private static string? OfNumber(int number) => number switch
    {
        NoSpace or Quota or WindowsDiskFull or WindowsHandleDiskFull =>
            $"the disk is full, no space left for it; make room or {Elsewhere}, and the same again goes on from here",
        FileTooBig => $"files there may not become this large; {Elsewhere}",
        ReadOnly => $"its file system is read-only; {Elsewhere}",
        NoAccess or NotPermitted => $"this user has no right to; change the permissions or {Elsewhere}",
        NameTooLong => TooLong,
        NotAFolder => $"a part of its path is a file and no folder; {Elsewhere}",
        CircleOfLinks => $"its links lead in a circle; {Elsewhere}",
        TooManyFiles => "this user has too many files open; 'ulimit -n' raises the limit",
        InputOutput or StaleHandle => $"its disk or network drive fails; {Elsewhere}",
        _ => null,
    };
}
