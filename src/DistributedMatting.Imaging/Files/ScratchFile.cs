using DistributedMatting.Core;
using DistributedMatting.Core.Storage;

namespace DistributedMatting.Imaging;

/// <summary>
/// A file for the meantime. It loses its name as soon as it is open, so that not even a killed process leaves it behind;
/// libvips reaches it by <see cref="Path"/>.
/// </summary>
internal sealed class ScratchFile : IDisposable
{
    /// <summary>Opens a nameless file.</summary>
    /// <param name="folder">A folder with room for the picture.</param>
    /// <param name="purpose">The file that a person would name if this one cannot be made.</param>
    internal ScratchFile(string folder, string purpose)
    {
        var name = System.IO.Path.Combine(folder, $".matting-{Guid.NewGuid():n}");
        try
        {
            Stream = new FileStream(name, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16);
            File.Delete(name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refused(folder, purpose, e);
        }
    }

    internal FileStream Stream { get; }

    /// <summary>A path for as long as this object lives.</summary>
    internal string Path => $"/proc/self/fd/{Stream.SafeFileHandle.DangerousGetHandle()}";

    internal static InvalidInputException Refused(string folder, string purpose, Exception e) =>
        new($"{purpose} is worked on in {folder} (TMPDIR names another folder), and nothing can be written there: {DiskErrors.Why(e) ?? e.Message}", e);

    public void Dispose()
    {
        try
        {
            Stream.Dispose();
        }
        catch (IOException)
        {
        }
    }
}
