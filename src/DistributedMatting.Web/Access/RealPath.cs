using DistributedMatting.Core;

namespace DistributedMatting.Web.Access;

/// <summary>Where a path leads when all of its links are followed.</summary>
internal static class RealPath
{
    private const int MostLinks = 40; // as Linux

    /// <summary>An absolute path without links, "." and ".."; what is not there is taken as it is named.</summary>
    /// <exception cref="InvalidInputException">Its links go in a circle.</exception>
    public static string Of(string path)
    {
        var at = Path.GetPathRoot(path)!;
        var ahead = new Stack<string>();
        Push(ahead, path[at.Length..]);
        for (var links = 0; ahead.TryPop(out var part);)
        {
            if (part == ".") continue;
            if (part == "..")
            {
                at = Path.GetDirectoryName(at) ?? at;
                continue;
            }

            var next = Path.Combine(at, part);
            var target = new FileInfo(next).LinkTarget;
            if (target is null)
            {
                at = next;
                continue;
            }

            if (++links > MostLinks) throw new InvalidInputException("the path has links that go in a circle; name the file itself");
            if (Path.IsPathRooted(target)) at = Path.GetPathRoot(target)!;
            Push(ahead, Path.IsPathRooted(target) ? target[at.Length..] : target);
        }

        return at;
    }

    private static void Push(Stack<string> ahead, string path)
    {
        char[] separators = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];
        foreach (var part in path.Split(separators, StringSplitOptions.RemoveEmptyEntries).Reverse()) ahead.Push(part);
    }
}
