using DistributedMatting.Core.Storage;

namespace DistributedMatting.Workstation.Objects;

/// <summary>
/// Objects as files of a folder that many machines may share, named by their hash: <c>a/bcde…</c>. Written beside, then
/// renamed; checked whenever they are read, since nothing is forced to disk: what a dying machine cut short is missing.
/// </summary>
public sealed class FolderObjectStore : IObjectStore
{
    private readonly string _folder;

    /// <param name="folder">Made when first needed.</param>
    public FolderObjectStore(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        _folder = folder;
    }

    /// <inheritdoc/>
    public ObjectAddress Put(ReadOnlyMemory<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes.Length, IObjectStore.MaxBytes);
        var address = ObjectAddress.Of(bytes.Span);
        var path = PathOf(address);
        if (new FileInfo(path) is { Exists: true } there && there.Length == bytes.Length) return address;
        FolderFile.Write(path, bytes.Span);
        return address;
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? Find(ObjectAddress address)
    {
        if (address == default) return null;
        var path = PathOf(address);
        if (FolderFile.Read(path, IObjectStore.MaxBytes) is not { } bytes) return null;
        if (ObjectAddress.Of(bytes) == address) return bytes;

        // Out of the way, or the next Put would take it for what it should be.
        FolderFile.Delete(path);
        return null;
    }

    private string PathOf(ObjectAddress address)
    {
        var name = address.ToString();
        // Sixteen folders: a gigapixel has some thousands of objects in each, a small plate does not make a folder for each.
        return Path.Combine(_folder, name[..1], name[1..]);
    }
}
