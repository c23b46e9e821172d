using Microsoft.Win32.SafeHandles;

namespace DistributedMatting.Workstation.Storage;

/// <summary>Big files that nobody needs once their job is done.</summary>
internal static class ScratchFile
{
    /// <summary>Makes an empty file, whatever was there.</summary>
    /// <remarks>
    /// A new file is not emptied, though that would be one way for both: ext4 takes a file that was emptied for a document
    /// that is being saved, and begins to write it to the disk when it is closed, 40 ms for 100 MB that are about to be
    /// deleted.
    /// </remarks>
    public static SafeFileHandle Create(string path, FileOptions options = FileOptions.None) =>
        File.OpenHandle(path, File.Exists(path) ? FileMode.Create : FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read, options);
}
