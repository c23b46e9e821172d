using System.Runtime.InteropServices;
using System.Security.Cryptography;
using DistributedMatting.Core.Plates;

namespace DistributedMatting.Workstation.Testing;

/// <summary>An alpha file in memory.</summary>
public sealed class MemoryAlpha(PixelSize size) : IAlphaWriter
{
    private readonly List<float> _values = [];

    public PixelSize Size => size;

    public IReadOnlyList<float> Values => _values;

    public bool IsComplete { get; private set; }

    public bool IsDisposed { get; private set; }

    public float this[int x, int y] => _values[y * size.Width + x];

    /// <summary>SHA-256 of all values, bit by bit.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_values))));

    public void WriteRows(ReadOnlySpan<float> alpha) => _values.AddRange(alpha);

    public void Complete() => IsComplete = _values.Count == size.Pixels
        ? true
        : throw new InvalidOperationException($"{_values.Count} of {size.Pixels} values were written.");

    public void Dispose() => IsDisposed = true;
}
