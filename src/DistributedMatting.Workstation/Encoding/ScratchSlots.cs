using DistributedMatting.Core.Storage;
using DistributedMatting.Workstation.Storage;
using Microsoft.Win32.SafeHandles;

namespace DistributedMatting.Workstation.Encoding;

/// <summary>Fixed-size slots of a file that lives no longer than its owner.</summary>
internal sealed class ScratchSlots(string path, int slotBytes) : IDisposable
{
    private readonly Lock _lock = new();
    private SafeFileHandle? _file;
    private long _bytes;

    public long Bytes => Interlocked.Read(ref _bytes);

    /// <returns>False where the disk is full.</returns>
    public bool TryWrite(int slot, ReadOnlySpan<byte> data)
    {
        try
        {
            var end = (long)(slot + 1) * slotBytes;
            RandomAccess.Write(File(), data, end - slotBytes);
            lock (_lock) _bytes = Math.Max(_bytes, end);
            return true;
        }
        catch (IOException error) when (DiskErrors.Explain(error, path) is not null)
        {
            return false;
        }
    }

    public void Read(int slot, Span<byte> data)
    {
        var offset = (long)slot * slotBytes;
        for (var rest = data[..slotBytes]; !rest.IsEmpty;)
        {
            var read = RandomAccess.Read(File(), rest, offset);
            if (read == 0) throw new IOException("A file of the job folder became shorter while it was in use.");
            rest = rest[read..];
            offset += read;
        }
    }

    public void Dispose() => _file?.Dispose();

    // Made when first needed: most plates fit in memory.
    private SafeFileHandle File()
    {
        lock (_lock)
            return _file ??= ScratchFile.Create(path, FileOptions.DeleteOnClose | FileOptions.RandomAccess);
    }
}
