using DistributedMatting.Core;
using DistributedMatting.Core.Plates;

namespace DistributedMatting.Imaging.Tests;

public sealed class PyramidTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("matting-pyramid-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(1, 1, 8)]
    [InlineData(513, 300, 8)]
    [InlineData(1001, 777, 16)]
    [InlineData(256, 1025, 32)]
    public void Any_part_of_any_level_is_where_it_belongs(int width, int height, int bits)
    {
        var size = new PixelSize(width, height);
        using (var file = AlphaFile.Create(At("grey.tif"), size, new AlphaFormat(bits), force: true))
        {
            var row = new float[width];
            for (var y = 0; y < height; y++)
            {
                for (var x = 0; x < width; x++) row[x] = Value(x, y);
                file.WriteRows(row);
            }

            file.Complete();
        }

        PyramidBuilder.Build(At("grey.tif"), PyramidSource.Grey, At("pyramid.tif"), ImageLimits.Default);
        var pyramid = PyramidFile.Open(At("pyramid.tif"));
        Assert.Equal(size, pyramid.Size);
        for (var halvings = 0; halvings < 5; halvings++)
        {
            var (half, step) = (pyramid.Halved(halvings), 1 << halvings);
            Assert.Equal((width + step - 1) / step, half.Width);
            var area = new PixelRect(half.Width / 3, half.Height / 2, half.Width - half.Width / 3, half.Height - half.Height / 2);
            var part = pyramid.Read(halvings, area);
            Assert.Equal(new PixelSize(area.Width, area.Height), part.Size);
            foreach (var (x, y) in new[] { (0, 0), (area.Width - 1, area.Height - 1), (area.Width / 2, area.Height / 2) })
            {
                // The mean over a block of a ramp is the ramp at its middle.
                var expected = 255 * Value(Math.Min((area.X + x + 0.5) * step - 0.5, width - 1), Math.Min((area.Y + y + 0.5) * step - 0.5, height - 1));
                // At the edges of small levels the last pixel stands for the rest.
                var near = 3 + 128.0 * step / width + 128.0 * step / height;
                Assert.InRange(part.Bytes[y * area.Width + x], expected - near, expected + near);
            }
        }

        float Value(double x, double y) => (float)((x / width + y / height) / 2);
    }

    [Fact]
    public void Composite_lies_over_what_is_asked_for()
    {
        var (plate, alpha) = (Filled(3, 200, 100, 50), new Pixels(new PixelSize(3, 1), 1, [0, 51, 255]));
        var over = plate.Over(alpha, (_, _) => 0x0000ff);
        Assert.Equal<byte>([0, 0, 255, 40, 20, 214, 200, 100, 50], over.Bytes);
    }

    [Fact]
    public void Png_is_exact_and_jpeg_is_near()
    {
        var picture = new Pixels(new PixelSize(16, 16), 3, [.. Enumerable.Range(0, 768).Select(i => (byte)(i / 3))]);
        File.WriteAllBytes(At("a.png"), picture.ToPng());
        File.WriteAllBytes(At("a.jpg"), picture.ToJpeg());
        Assert.Equal(picture.Bytes, ImageFile.ReadRgb8(At("a.png")).Rgb);
        var near = ImageFile.ReadRgb8(At("a.jpg")).Rgb;
        for (var i = 0; i < near.Length; i++) Assert.InRange(near[i], picture.Bytes[i] - 8, picture.Bytes[i] + 8);
    }

    [Fact]
    public void What_cannot_be_shown_is_said_and_leaves_nothing()
    {
        File.WriteAllText(At("a.tif"), "no picture");
        Assert.Throws<InvalidInputException>(() => PyramidBuilder.Build(At("a.tif"), PyramidSource.Colours, At("b.tif"), ImageLimits.Default));
        File.WriteAllBytes(At("c.png"), Filled(3, 1, 2, 3).ToPng());
        Assert.Throws<InvalidInputException>(() => PyramidBuilder.Build(At("c.png"), PyramidSource.AlphaChannel, At("b.tif"), ImageLimits.Default));
        Assert.Equal(["a.tif", "c.png"], _folder.GetFiles().Select(file => file.Name).Order());
        Assert.Throws<InvalidInputException>(() => PyramidFile.Open(At("nowhere.tif")));
    }

    private static Pixels Filled(int width, byte red, byte green, byte blue) =>
        new(new PixelSize(width, 1), 3, [.. Enumerable.Range(0, width).SelectMany(_ => new[] { red, green, blue })]);

    private string At(string name) => Path.Combine(_folder.FullName, name);
}
