using System.Globalization;
using System.Security.Cryptography;
using DistributedMatting.Core.Plates;

namespace DistributedMatting.Workstation.Ingest;

/// <summary>SHA-256 of an image's kind, size and pixels: the same picture in another file has the same hash.</summary>
internal sealed class ContentHash : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public ContentHash(string kind, PixelSize size, int pixelBytes) =>
        _hash.AppendData(System.Text.Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{kind} {size.Width} {size.Height} {pixelBytes}\n")));

    public void Add(ReadOnlySpan<byte> pixels) => _hash.AppendData(pixels);

    public string Finish() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    public void Dispose() => _hash.Dispose();
}
