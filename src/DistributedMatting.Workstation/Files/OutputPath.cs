using DistributedMatting.Core;
using DistributedMatting.Core.Storage;
using DistributedMatting.Imaging;

namespace DistributedMatting.Workstation.Files;

/// <summary>Checks where a result will go, before any work is done for it.</summary>
public static class OutputPath
{
    // Of 255; what is written beside has the same name and an ending.
    private const int MostNameBytes = 200;

    /// <summary>How a front calls the two things that the sentences speak of.</summary>
    /// <param name="Field">What names the file to write.</param>
    /// <param name="Replaces">How a file that is there is replaced.</param>
    public sealed record Words(string Field, string Replaces)
    {
        /// <summary>On the command line.</summary>
        public static Words Options { get; } = new("--output", "--force replaces it");

        /// <summary>In a submission to a service.</summary>
        public static Words Submission { get; } = new("alpha", "\"replace\": true replaces it");
    }

    /// <summary>Throws unless a new file can be put there without harm.</summary>
    /// <param name="words">How the front that asks calls things.</param>
    /// <param name="path">The file to be written.</param>
    /// <param name="force">Whether a file that is there may be replaced.</param>
    /// <param name="inputs">Files that must never be written over.</param>
    /// <exception cref="InvalidInputException">Says what is in the way.</exception>
    public static void Check(Words words, string path, bool force, params string?[] inputs)
    {
        ArgumentNullException.ThrowIfNull(words);
        if (string.IsNullOrWhiteSpace(path)) throw new InvalidInputException($"{words.Field} is empty; name the file to write");
        if (Directory.Exists(path)) throw new InvalidInputException($"{path} is a folder; {words.Field} takes the file to write");
        if (inputs.Any(input => input is not null && IsSame(input, path)))
            throw new InvalidInputException($"{path} is an input of the same job; {words.Field} takes another file");
        if (SpecialFile.Describe(path) is { } special) throw new InvalidInputException($"{path} is {special}; {words.Field} takes the file to write");
        RequireShortName(words, path);
        if (File.Exists(path) && !force) throw new InvalidInputException($"{path} is there already; {words.Replaces}");

        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (File.Exists(folder)) throw new InvalidInputException($"{folder} is a file and no folder; {words.Field} takes a file in a folder");
        if (!Directory.Exists(folder)) throw new InvalidInputException($"the folder {folder} of {words.Field} is not there; make it first");
        CheckWritable(folder);
    }

    /// <summary>Makes a folder for results if it is missing.</summary>
    /// <param name="words">How the front that asks calls things.</param>
    /// <param name="folder">The folder.</param>
    /// <exception cref="InvalidInputException">It cannot be made or written to.</exception>
    public static void MakeFolder(Words words, string folder)
    {
        ArgumentNullException.ThrowIfNull(words);
        if (string.IsNullOrWhiteSpace(folder)) throw new InvalidInputException($"{words.Field} is empty; name the folder to write to");
        if (File.Exists(folder)) throw new InvalidInputException($"{folder} is a file; {words.Field} takes a folder");
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DiskErrors.Refused(e, $"the folder {folder} of {words.Field} cannot be made");
        }

        CheckWritable(folder);
    }

    private static void RequireShortName(Words words, string path)
    {
        var name = Path.GetFileName(path);
        if (System.Text.Encoding.UTF8.GetByteCount(name) <= MostNameBytes) return;
        throw new InvalidInputException($"{words.Field}: the name {name[..20]}… is too long; it may have {MostNameBytes} bytes, so that what goes beside it has room for its name");
    }

    // Only trying tells: permissions, read-only mounts and full disks all look alike from here.
    private static void CheckWritable(string folder)
    {
        var probe = Path.Combine(folder, $".matting-{Guid.NewGuid():n}.partial");
        try
        {
            using var stream = new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DiskErrors.Refused(e, $"nothing can be written to {folder}");
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
