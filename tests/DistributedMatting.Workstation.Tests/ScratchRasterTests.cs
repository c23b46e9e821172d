using DistributedMatting.Core.Plates;
using DistributedMatting.Workstation.Ingest;
using FsCheck;
using FsCheck.Fluent;

namespace DistributedMatting.Workstation.Tests;

public sealed class ScratchRasterTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"matting-{Guid.NewGuid():N}");

    public void Dispose() => File.Delete(_path);

    /// <summary>An image, how many rows of it are appended at a time, and a window of it.</summary>
    public sealed record CutOut(int Width, int Height, int PixelBytes, int RowsAtOnce, PixelRect Window);

    [Fact]
    public void AnyWindow_IsAsInMemory() => Prop.ForAll(Arb.From(CutOuts()), given =>
    {
        var image = Image(given);
        var row = given.Width * given.PixelBytes;
        using (var raster = ScratchRaster.Create(_path, new PixelSize(given.Width, given.Height), given.PixelBytes))
        {
            for (var y = 0; y < given.Height; y += given.RowsAtOnce)
                raster.Append(image.AsSpan(y * row, Math.Min(given.RowsAtOnce, given.Height - y) * row));
            Assert.Equal(Cut(image, given), Read(raster, given));
        }
        using var again = ScratchRaster.TryOpen(_path, new PixelSize(given.Width, given.Height), given.PixelBytes);
        Assert.NotNull(again);
        Assert.Equal(Cut(image, given), Read(again, given));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void AnotherLength_IsNotOpened()
    {
        using (var raster = ScratchRaster.Create(_path, new PixelSize(70, 20), 1)) raster.Append(new byte[70 * 20]);
        Assert.Null(ScratchRaster.TryOpen(_path, new PixelSize(70, 21), 1));
        Assert.Null(ScratchRaster.TryOpen(_path + "x", new PixelSize(70, 20), 1));
    }

    private static Gen<CutOut> CutOuts() =>
        from width in Gen.Choose(1, 200)
        from height in Gen.Choose(1, 70)
        from pixelBytes in Gen.Elements(1, 3, 6)
        from rows in Gen.Choose(1, 40)
        from x in Gen.Choose(0, width - 1)
        from y in Gen.Choose(0, height - 1)
        from columns in Gen.Choose(1, width - x)
        from lines in Gen.Choose(1, height - y)
        select new CutOut(width, height, pixelBytes, rows, new PixelRect(x, y, columns, lines));

    private static byte[] Image(CutOut given)
    {
        var image = new byte[given.Width * given.Height * given.PixelBytes];
        new System.Random(given.GetHashCode()).NextBytes(image);
        return image;
    }

    private static byte[] Read(ScratchRaster raster, CutOut given)
    {
        var pixels = new byte[given.Window.Width * given.Window.Height * given.PixelBytes];
        raster.Read(given.Window, pixels);
        return pixels;
    }

    private static byte[] Cut(byte[] image, CutOut given)
    {
        var (window, bytes) = (given.Window, given.PixelBytes);
        var cut = new List<byte>();
        for (var y = window.Y; y < window.Y + window.Height; y++)
            cut.AddRange(image.AsSpan((y * given.Width + window.X) * bytes, window.Width * bytes));
        return [.. cut];
    }
}
