using System.Runtime.InteropServices;
using DistributedMatting.Core;
using DistributedMatting.Core.Storage;

namespace DistributedMatting.Workstation.Objects;

/// <summary>
/// Gives a file another name unless that name is taken, decided by the file system in one step. <c>File.Move</c>
/// without overwriting looks first and renames then: of two that come at once both are told that they were first.
/// </summary>
internal static partial class HardLink
{
    /// <summary>Moves a file, or deletes it and says false if there is one of that name.</summary>
    /// <exception cref="InvalidInputException">The folder's file system has no hard links.</exception>
    /// <exception cref="IOException">It could not be moved.</exception>
    public static bool TryMove(string from, string to)
    {
        var error = Link(from, to) == 0 ? 0 : Marshal.GetLastPInvokeError();
        if (error == 0 || DiskErrors.IsTaken(error))
        {
            File.Delete(from);
            return error == 0;
        }

        if (DiskErrors.HasNoLinks(error))
            throw new InvalidInputException($"{Path.GetDirectoryName(to)}: its file system has no hard links, by which machines agree on who was first; give a folder of ext4, XFS, ZFS or NFS");
        throw new IOException(Marshal.GetPInvokeErrorMessage(error), error);
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string from, string to);
}
