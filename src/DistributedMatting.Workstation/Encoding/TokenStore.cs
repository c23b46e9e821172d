using System.Runtime.InteropServices;
using DistributedMatting.Core.Context;
using DistributedMatting.Core.Networks;
using DistributedMatting.Workstation.Storage;

namespace DistributedMatting.Workstation.Encoding;

/// <summary>
/// Tokens of every encoded patch in the job's folder, their pooled vectors in memory as well. Tokens are read back
/// when a query needs them: K preads of some 0.3 MB from the kernel's page cache, 0.1 ms each, so this process
/// need not hold them. A slot is a place in the list of patches with unknown pixels.
/// </summary>
internal sealed class TokenStore : IDisposable
{
    private readonly SlotStore _store;
    private readonly int _keyBytes;

    private TokenStore(SlotStore store, NetworkShape shape) =>
        (_store, _keyBytes, TokenBytes) = (store, shape.KeyChannels * sizeof(float), shape.TokenBytes);

    public int TokenBytes { get; }

    public int Count => _store.Count;

    public long Bytes => _store.Bytes;

    public static TokenStore Open(string path, ReadOnlySpan<byte> key, NetworkShape shape, int patches, CancellationToken cancellation) =>
        new(SlotStore.Open(path, key, new SlotShape(patches, shape.TokenBytes, 2 * shape.KeyChannels * sizeof(float)), cancellation), shape);

    public bool Has(int slot) => _store.Has(slot);

    /// <param name="slot">Where.</param>
    /// <param name="encoded">Whose tokens and pooled vectors are kept.</param>
    /// <param name="note">A buffer of <c>2 × KeyChannels</c> floats.</param>
    public void Write(int slot, EncodedPatch encoded, byte[] note)
    {
        MemoryMarshal.AsBytes(encoded.QuerySum.AsSpan()).CopyTo(note);
        MemoryMarshal.AsBytes(encoded.ContextSum.AsSpan()).CopyTo(note.AsSpan(_keyBytes));
        _store.Write(slot, encoded.Tokens, note);
    }

    public void Read(int slot, Span<byte> tokens) => _store.Read(slot, tokens);

    /// <summary>Left side of Eq. 1.</summary>
    public PooledVector Query(int slot, int patch) => new(patch, Floats(_store.Note(slot)[.._keyBytes]));

    /// <summary>Right side of Eq. 1.</summary>
    public PooledVector Context(int slot, int patch) => new(patch, Floats(_store.Note(slot)[_keyBytes..]));

    public void Dispose() => _store.Dispose();

    private static float[] Floats(ReadOnlySpan<byte> bytes) => MemoryMarshal.Cast<byte, float>(bytes).ToArray();
}
