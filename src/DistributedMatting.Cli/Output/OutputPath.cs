using DistributedMatting.Core;

namespace DistributedMatting.Cli.Output;

/// <summary>Checks where a result will go, before any work is done for it.</summary>
internal static class OutputPath
{
    /// <summary>Throws unless a new file can be put there without harm.</summary>
    /// <param name="path">The file to be written.</param>
    /// <param name="force">Whether a file that is there may be replaced.</param>
    /// <param name="inputs">Files that must never be written over.</param>
    /// <exception cref="InvalidInputException">Says what is in the way.</exception>
    public static void Check(string path, bool force, params string?[] inputs)
    {
        if (string.IsNullOrWhiteSpace(path)) throw new InvalidInputException("--output is empty; name the file to write");
        if (Directory.Exists(path)) throw new InvalidInputException($"{path} is a folder; --output takes the file to write");
        if (inputs.Any(input => input is not null && IsSame(input, path)))
            throw new InvalidInputException($"{path} is an input of the same command; --output takes another file");
        if (File.Exists(path) && !force) throw new InvalidInputException($"{path} is there already; --force replaces it");

        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (!Directory.Exists(folder)) throw new InvalidInputException($"the folder {folder} of --output is not there; make it first");
        CheckWritable(folder);
    }

    /// <summary>Makes a folder for results if it is missing.</summary>
    /// <exception cref="InvalidInputException">It cannot be made or written to.</exception>
    public static void MakeFolder(string folder)
    {
        if (string.IsNullOrWhiteSpace(folder)) throw new InvalidInputException("--output is empty; name the folder to write to");
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"the folder {folder} cannot be made: {e.Message}", e);
        }

        CheckWritable(folder);
    }

    // Only trying tells: permissions, read-only mounts and full disks all look alike from here.
    private static void CheckWritable(string folder)
    {
        var probe = Path.Combine(folder, $".matting-{Environment.ProcessId}.partial");
        try
        {
            using var stream = new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"nothing can be written to {folder}: {e.Message}", e);
        }
    }

    private static bool IsSame(string a, string b) => string.Equals(Resolve(a), Resolve(b), StringComparison.Ordinal);

    private static string Resolve(string path)
    {
        var full = Path.GetFullPath(path);
        try
        {
            return File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full;
        }
        catch (IOException)
        {
            return full;
        }
    }
}
