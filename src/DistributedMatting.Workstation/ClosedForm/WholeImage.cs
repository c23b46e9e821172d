using System.Runtime.InteropServices;
using DistributedMatting.Core;
using DistributedMatting.Core.Plates;
using DistributedMatting.Workstation.Ingest;
using DistributedMatting.Workstation.Timing;

namespace DistributedMatting.Workstation.ClosedForm;

/// <summary>A plate and its trimap as closed-form matting takes them: whole, in memory.</summary>
internal sealed class WholeImage
{
    private const int RowsAtOnce = 16;

    private WholeImage(PixelSize size) =>
        (Size, Rgb, Regions) = (size, new float[3 * size.Pixels], new byte[size.Pixels]);

    public PixelSize Size { get; }

    /// <summary>R, G and B planes, 0 to 1.</summary>
    public float[] Rgb { get; }

    public byte[] Regions { get; }

    public long Unknown { get; private set; }

    public string PlateSha256 { get; private set; } = "";

    public string TrimapSha256 { get; private set; } = "";

    /// <summary>Reads both; the trimap first, for it decides whether the plate fits into memory at all.</summary>
    /// <param name="trimap">The trimap, from its first row.</param>
    /// <param name="plate">Opens the plate.</param>
    /// <param name="check">Is given size and unknown pixels before the plate is read, and throws if that is too much.</param>
    /// <param name="clock">Counts rows of the plate.</param>
    /// <param name="time">Takes the time of decoding.</param>
    /// <param name="cancellation">Stops between rows.</param>
    public static WholeImage Read(
        ITrimapReader trimap, Func<IPlateReader> plate, Action<PixelSize, long> check, StageClock clock, ThreadTime time,
        CancellationToken cancellation)
    {
        check(trimap.Size, 0);
        var image = new WholeImage(trimap.Size);
        image.ReadTrimap(trimap, time, cancellation);
        check(image.Size, image.Unknown);
        using var opened = plate();
        if (opened.Size != image.Size)
            throw new InvalidInputException($"The plate is {opened.Size} pixels and the trimap {image.Size}; they must be of the same size.");
        image.ReadPlate(opened, clock, time, cancellation);
        return image;
    }

    private void ReadTrimap(ITrimapReader trimap, ThreadTime time, CancellationToken cancellation)
    {
        using var hash = new ContentHash("trimap", Size, 1);
        for (var y = 0; y < Size.Height; y += RowsAtOnce)
        {
            cancellation.ThrowIfCancellationRequested();
            var rows = Regions.AsSpan(y * Size.Width, Math.Min(RowsAtOnce, Size.Height - y) * Size.Width);
            using (time.Of(Work.FileDecode)) trimap.ReadRows(rows);
            hash.Add(rows);
            Unknown += rows.Count((byte)Region.Unknown);
        }

        TrimapSha256 = hash.Finish();
    }

    private void ReadPlate(IPlateReader plate, StageClock clock, ThreadTime time, CancellationToken cancellation)
    {
        var wide = plate.BitDepth > 8;
        var samples = new ushort[3 * RowsAtOnce * Size.Width];
        var narrow = new byte[wide ? 0 : samples.Length];
        using var hash = new ContentHash("plate", Size, wide ? 6 : 3);
        for (var y = 0; y < Size.Height; y += RowsAtOnce)
        {
            cancellation.ThrowIfCancellationRequested();
            var rows = Math.Min(RowsAtOnce, Size.Height - y);
            var chunk = samples.AsSpan(0, 3 * rows * Size.Width);
            using (time.Of(Work.FileDecode)) plate.ReadRows(chunk);
            var bytes = MemoryMarshal.AsBytes(chunk);
            if (!wide) SampleDepth.Narrow(chunk, bytes = narrow.AsSpan(0, chunk.Length));
            hash.Add(bytes);

            var (plane, at) = (Regions.Length, y * Size.Width);
            for (var i = 0; i < rows * Size.Width; i++)
            {
                for (var c = 0; c < 3; c++) Rgb[c * plane + at + i] = chunk[3 * i + c] * (1f / 65535f);
            }

            clock.Add(rows);
        }

        PlateSha256 = hash.Finish();
    }
}
