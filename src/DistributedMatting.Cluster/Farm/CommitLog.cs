using System.Globalization;
using System.Text;

namespace DistributedMatting.Cluster.Farm;

/// <summary>
/// <c>commits/WORKER</c> of a key: a line for each result of a worker that counts. A file each, so that no two processes
/// ever write to the same one. For people, and for tests that count.
/// </summary>
public static class CommitLog
{
    /// <summary>Name of the folder among a key's.</summary>
    public const string FolderName = "commits";

    /// <summary>Adds a line.</summary>
    public static void Add(string folder, string stage, int patch, string worker)
    {
        var logs = Directory.CreateDirectory(Path.Combine(folder, FolderName)).FullName;
        var name = string.Concat(worker.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' ? c : '_'));
        var line = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{stage}\t{patch}\n"));
        using var file = new FileStream(Path.Combine(logs, name), FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        file.Write(line);
    }
}
