using DistributedMatting.Core;
using DistributedMatting.Core.Jobs.Service;

namespace DistributedMatting.Web.Access;

/// <summary>
/// The folders that clients may name files in. A path is resolved before it is compared, and the job is given the
/// resolved path, so that neither ".." nor a link leads out of them. What lies outside is never said to be there or not.
/// </summary>
internal sealed class PathRoots
{
    private readonly string[] _roots;

    /// <exception cref="InvalidInputException">There is no root, or one is no folder.</exception>
    public PathRoots(IReadOnlyList<string> roots)
    {
        if (roots.Count == 0) throw new InvalidInputException("no root is named; name the folders that plates may be in");
        _roots = [.. roots.Select(Root)];
    }

    /// <summary>The folders, links resolved.</summary>
    public IReadOnlyList<string> Folders => _roots;

    /// <summary>Whether a path lies in one of the folders, or they in it.</summary>
    public bool Overlap(string folder) => _roots.Any(root => root == folder || IsUnder(root, folder) || IsUnder(folder, root));

    /// <summary>The path without its links and dots.</summary>
    /// <param name="field">What the client calls it.</param>
    /// <param name="path">What the client says; any text.</param>
    /// <exception cref="InvalidInputException">It is no absolute path, or leads out of the roots.</exception>
    public string Resolve(string field, string path)
    {
        JobLimits.RequirePath(field, path);
        var real = RealPath.Of(path);
        if (_roots.Any(root => IsUnder(root, real))) return real;
        throw new InvalidInputException($"{field} is outside the folders that this service may use; ask its operator which they are");
    }

    private static bool IsUnder(string root, string path)
    {
        var folder = Path.EndsInDirectorySeparator(root) ? root : root + Path.DirectorySeparatorChar;
        return path.Length > folder.Length && path.StartsWith(folder, StringComparison.Ordinal);
    }

    private static string Root(string root)
    {
        if (!string.IsNullOrWhiteSpace(root) && Directory.Exists(root)) return RealPath.Of(Path.GetFullPath(root));
        throw new InvalidInputException($"the root '{root}' is no folder; make it first or name another");
    }
}
