using System.Globalization;

namespace DistributedMatting.Core.Jobs.Service;

/// <summary>Limits of everything that a client of <see cref="IMattingService"/> may say.</summary>
public static class JobLimits
{
    /// <summary>Most characters of a path; Linux takes no more.</summary>
    public const int MaxPath = 4096;

    /// <summary>Most characters of a name, project, user, token or text to look for.</summary>
    public const int MaxName = 200;

    /// <summary>Most characters of a comment.</summary>
    public const int MaxComment = 2000;

    /// <summary>Half of the largest patch that any network may have, in pixels.</summary>
    public const int MaxMargin = 1024;

    /// <summary>The highest priority.</summary>
    public const int MaxPriority = 100;

    /// <summary>What a job has that asks for nothing.</summary>
    public const int StandardPriority = 50;

    /// <summary>Most jobs of one page.</summary>
    public const int MaxPage = 500;

    /// <summary>Throws unless the priority is 0 to <see cref="MaxPriority"/>.</summary>
    /// <exception cref="InvalidInputException">It is not.</exception>
    public static void RequirePriority(int priority) => Require("priority", priority, 0, MaxPriority);

    /// <summary>Throws unless the author has at most <see cref="MaxName"/> characters.</summary>
    /// <exception cref="InvalidInputException">It does not.</exception>
    public static void RequireAuthor(string author) => RequireText("author", author, MaxName);

    /// <summary>Throws unless the comment has at most <see cref="MaxComment"/> characters; it may have lines.</summary>
    /// <exception cref="InvalidInputException">It does not.</exception>
    public static void RequireComment(string comment) => RequireText("comment", comment, MaxComment, lines: true);

    internal static void Require(string name, int? value, int least, int most)
    {
        if (value is null || (value >= least && value <= most)) return;
        throw new InvalidInputException(string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; it must be {least} to {most}"));
    }

    internal static void RequireText(string name, string? text, int most, bool lines = false)
    {
        if (text is null) throw new InvalidInputException($"{name} is null; leave it out or give a text");
        if (text.Length > most)
            throw new InvalidInputException(string.Create(CultureInfo.InvariantCulture, $"{name} has {text.Length} characters; it may have {most}"));
        if (text.Any(c => char.IsControl(c) && !(lines && c is '\n' or '\r' or '\t')))
            throw new InvalidInputException($"{name} has control characters; it must be plain text");
    }

    /// <summary>Throws unless it is an absolute path of at most <see cref="MaxPath"/> characters. Files are not looked at.</summary>
    /// <param name="name">The field's name, for the sentence.</param>
    /// <param name="path">The path.</param>
    /// <exception cref="InvalidInputException">It is not.</exception>
    public static void RequirePath(string name, string? path)
    {
        if (string.IsNullOrWhiteSpace(path)) throw new InvalidInputException($"{name} is empty; give the path of a file");
        RequireText(name, path, MaxPath);
        if (!Path.IsPathFullyQualified(path)) throw new InvalidInputException($"{name} is no absolute path; a service has no current folder");
    }
}
