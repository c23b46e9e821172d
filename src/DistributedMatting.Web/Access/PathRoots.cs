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
    private readonly string[] _closed;

    /// <param name="roots">The folders that are open.</param>
    /// <param name="closed">Folders of the service's own, which stay closed where they lie in an open one.</param>
    /// <exception cref="InvalidInputException">There is no root, one is no folder, or lies in a closed one.</exception>
    public PathRoots(IReadOnlyList<string> roots, IReadOnlyList<string> closed)
    {
        if (roots.Count == 0) throw new InvalidInputException("no root is named; name the folders that plates may be in");
        _roots = [.. roots.Select(Root)];
        _closed = [.. closed.Select(folder => RealPath.Of(Path.GetFullPath(folder)))];
        if (_roots.FirstOrDefault(IsClosed) is { } inside)
            throw new InvalidInputException($"the root {inside} lies where the service keeps its own files; name another");
    }

    /// <summary>The folders, links resolved.</summary>
    public IReadOnlyList<string> Folders => _roots;

    /// <summary>The path without its links and dots.</summary>
    /// <param name="field">What the client calls it.</param>
    /// <param name="path">What the client says; any text.</param>
    /// <exception cref="InvalidInputException">It is no absolute path, is a root itself, or leads out of the roots.</exception>
    public string Resolve(string field, string path)
    {
        JobLimits.RequirePath(field, path);
        var real = RealPath.Of(path);
        if (_roots.Any(root => IsUnder(root, real)) && !IsClosed(real)) return real;
        if (_roots.Contains(real)) throw new InvalidInputException($"{field} {path} is a folder; name a file in it");
        throw new InvalidInputException($"{field} {path} is outside the folders that this service may use ({string.Join(", ", _roots)}); name a file in them, or upload it");
    }

    private bool IsClosed(string path) => _closed.Any(folder => folder == path || IsUnder(folder, path));

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
