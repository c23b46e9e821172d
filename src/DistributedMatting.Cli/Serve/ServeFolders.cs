using DistributedMatting.Core;
using DistributedMatting.Workstation.Files;

namespace DistributedMatting.Cli.Serve;

/// <summary>Where a service keeps what is its own.</summary>
internal static class ServeFolders
{
    private static readonly OutputPath.Words Words = new("--data", "");

    /// <summary>The user's data folder (XDG), so that it does not depend on where the service is started.</summary>
    public static string StandardData { get; } = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "distributed-matting");

    /// <summary>The queue in a data folder.</summary>
    public static string Queue(string data) => Path.Combine(data, "jobs");

    /// <summary>Uploads in a data folder.</summary>
    public static string Uploads(string data) => Path.Combine(data, "uploads");

    /// <summary>What browser sessions are sealed with, in a data folder.</summary>
    public static string Sessions(string data) => Path.Combine(data, "sessions");

    /// <summary>Makes the data folder; refuses one that cannot be written, or is somebody's.</summary>
    /// <param name="data">The folder.</param>
    /// <param name="keys">The file of the keys, which may lie in it; null for none.</param>
    /// <exception cref="InvalidInputException">It will not do.</exception>
    public static void Prepare(string data, string? keys)
    {
        OutputPath.MakeFolder(Words, data);
        string[] ours = [Queue(data), Uploads(data), Sessions(data)];
        if (ours.FirstOrDefault(File.Exists) is { } file)
            throw new InvalidInputException($"--data {data} is no service's folder: {Path.GetFileName(file)} in it is a file; name an empty or a new folder");
        if (Directory.Exists(Queue(data))) return;
        var known = keys is null ? ours : [.. ours, Path.GetFullPath(keys)];
        if (Directory.EnumerateFileSystemEntries(data).FirstOrDefault(path => !IsNobodys(path) && !known.Contains(path) && !known.Contains(Path.GetFullPath(path))) is { } foreign)
            throw new InvalidInputException($"--data {data} holds other files ({Path.GetFileName(foreign)}) and is no service's folder; name an empty or a new folder");
    }

    // What file systems and desktops put into folders of their own accord.
    private static bool IsNobodys(string path) => Path.GetFileName(path) is ['.', ..] or "lost+found";
}
