using System.Runtime.InteropServices;
using System.Security.Cryptography;
using DistributedMatting.Core.Patches;
using DistributedMatting.Core.Stitching;

namespace DistributedMatting.Cluster.Stages;

/// <summary>The finished rows of a band: floats, then their SHA-256. Written beside, then renamed.</summary>
internal sealed class BandFile : IAlphaRows, IDisposable
{
    private readonly string _path;
    private readonly string _beside;
    private readonly FileStream _file;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    private BandFile(string path)
    {
        (_path, _beside) = (path, $"{path}.{Guid.NewGuid():N}.new");
        _file = new FileStream(_beside, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 20);
    }

    public static BandFile Create(string path) => new(path);

    public static bool IsWhole(string path, PatchGrid grid, PlateBand band) =>
        new FileInfo(path) is { Exists: true } file && file.Length == Bytes(grid, band) + SHA256.HashSizeInBytes;

    /// <summary>Takes some rows, and the number of the first; they are valid during the call.</summary>
    public delegate void Taker(int firstRow, ReadOnlySpan<float> rows);

    /// <summary>Gives the band's rows to a taker, some at a time; false where the file is missing or damaged.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="grid">How the plate is cut.</param>
    /// <param name="band">Which band.</param>
    /// <param name="take">Takes whole rows.</param>
    public static bool Read(string path, PatchGrid grid, PlateBand band, Taker take)
    {
        const int chunk = 16;
        if (!IsWhole(path, grid, band)) return false;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        var most = new float[chunk * grid.Size.Width];
        for (var row = 0; row < band.Rows; row += chunk)
        {
            var rows = most.AsSpan(0, Math.Min(chunk, band.Rows - row) * grid.Size.Width);
            var bytes = MemoryMarshal.AsBytes(rows);
            file.ReadExactly(bytes);
            hash.AppendData(bytes);
            take(band.FirstRow + row, rows);
        }
        Span<byte> told = stackalloc byte[SHA256.HashSizeInBytes];
        file.ReadExactly(told);
        return told.SequenceEqual(hash.GetHashAndReset());
    }

    public void Write(int firstRow, ReadOnlySpan<float> alpha, ReadOnlySpan<byte> regions)
    {
        var bytes = MemoryMarshal.AsBytes(alpha);
        _hash.AppendData(bytes);
        _file.Write(bytes);
    }

    public void Complete()
    {
        _file.Write(_hash.GetHashAndReset());
        _file.Dispose();
        File.Move(_beside, _path, overwrite: true);
    }

    public void Dispose()
    {
        _file.Dispose();
        _hash.Dispose();
        File.Delete(_beside);
    }

    private static long Bytes(PatchGrid grid, PlateBand band) => 4L * band.Rows * grid.Size.Width;
}
