using System.Globalization;
using DistributedMatting.Core;

namespace DistributedMatting.Workstation.Storage;

/// <summary>Turns what a file system refuses into one line for a person.</summary>
internal static class DiskErrors
{
    private const int NoSpace = 28, FileTooBig = 27, ReadOnlyFileSystem = 30, QuotaExceeded = 122; // errno of Linux
    private const int WindowsDiskFull = unchecked((int)0x80070070), WindowsHandleDiskFull = unchecked((int)0x80070027);

    /// <summary>The line, or null where the error says nothing about the disk.</summary>
    public static InvalidInputException? Explain(Exception error, string where) => error switch
    {
        IOException { HResult: NoSpace or QuotaExceeded or WindowsDiskFull or WindowsHandleDiskFull } =>
            new InvalidInputException($"{where}: the disk is full; make room or name another place, then run the same command again: it goes on from here.", error),
        IOException { HResult: FileTooBig } =>
            new InvalidInputException($"{where}: files there may not become this large; name another place.", error),
        IOException { HResult: ReadOnlyFileSystem } =>
            new InvalidInputException($"{where}: cannot be written, the file system is read-only; name another place.", error),
        UnauthorizedAccessException =>
            new InvalidInputException($"{where}: no right to write there; name another place.", error),
        DirectoryNotFoundException =>
            new InvalidInputException($"{where}: there is no such folder.", error),
        _ => null,
    };

    /// <summary>Throws if a folder's disk cannot take so many bytes.</summary>
    public static void RequireSpace(string folder, long bytes)
    {
        var free = FreeBytes(folder);
        if (bytes <= free) return;
        throw new InvalidInputException(string.Create(CultureInfo.InvariantCulture,
            $"{folder}: this plate needs about {bytes / 1e9:0.0} GB for its job, {free / 1e9:0.0} GB are free; make room or name another folder with --job-dir."));
    }

    /// <summary>Bytes that this user can still write on a folder's disk.</summary>
    public static long FreeBytes(string folder) => new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace;
}
