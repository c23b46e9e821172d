using DistributedMatting.Core;
using DistributedMatting.Core.Storage;

namespace DistributedMatting.Workstation.Storage;

/// <summary>How much a disk can still take.</summary>
internal static class DiskSpace
{
    /// <summary>Throws if a folder's disk cannot take so many bytes.</summary>
    public static void Require(string folder, long bytes)
    {
        var free = FreeBytes(folder);
        if (bytes <= free) return;
        throw new InvalidInputException(
            $"{folder}: this plate needs about {ByteSize.Format(bytes)} for its job, {ByteSize.Format(free)} are free; make room or name another folder with --job-dir.");
    }

    /// <summary>Bytes that this user can still write on a folder's disk.</summary>
    public static long FreeBytes(string folder) => new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace;
}
