using DistributedMatting.Core.Networks;
using DistributedMatting.Core.Patches;
using DistributedMatting.Core.Plates;

namespace DistributedMatting.Core.Priors.Tests;

public sealed class PlatePriorsTests
{
    static readonly PixelSize Size = new(230, 190);

    static (PlatePriors Priors, float[] Rgb, byte[] Regions, float[] Alpha) Solve(int pixels, int threads = 1)
    {
        var (rgb, regions, alpha) = Pictures.Disc(Size, 0.4, 0.8);
        var options = new PriorOptions { Pixels = pixels, Threads = threads };
        return (PlatePriors.Solve(Pictures.Reduced(Size, rgb, regions, options), options, TestContext.Current.CancellationToken), rgb, regions, alpha);
    }

    static float[] Cut(float[] rgb, PixelRect window)
    {
        var planes = new float[3 * window.Width * window.Height];
        for (var i = 0; i < planes.Length; i++)
        {
            var (c, at) = Math.DivRem(i, window.Width * window.Height);
            var x = Reflection.Index(window.X + at % window.Width, Size.Width);
            var y = Reflection.Index(window.Y + at / window.Width, Size.Height);
            planes[i] = rgb[c * Size.Pixels + y * Size.Width + x];
        }

        return planes;
    }

    static float[] Fill(PlatePriors priors, float[] rgb, PixelRect window)
    {
        var planes = new float[NetworkInput.PriorChannels * window.Width * window.Height];
        priors.Fill(window, Cut(rgb, window), planes);
        return planes;
    }

    [Theory]
    [InlineData(1 << 20)]
    [InlineData(12_000)]
    public void Planes_AreFiniteAndBetween0And1(int pixels)
    {
        var (priors, rgb, _, _) = Solve(pixels);
        Assert.All(Fill(priors, rgb, new PixelRect(-40, -30, 320, 290)), v => Assert.InRange(v, 0f, 1f));
    }

    [Theory]
    [InlineData(1 << 20)]
    [InlineData(12_000)]
    public void Outside_IsWhatItReflects(int pixels)
    {
        var (priors, rgb, _, _) = Solve(pixels);
        var inside = Fill(priors, rgb, new PixelRect(0, 0, Size.Width, Size.Height));
        var window = new PixelRect(-17, -23, 300, 260);
        var wide = Fill(priors, rgb, window);
        for (var i = 0; i < wide.Length; i++)
        {
            var (plane, at) = Math.DivRem(i, window.Width * window.Height);
            var x = Reflection.Index(window.X + at % window.Width, Size.Width);
            var y = Reflection.Index(window.Y + at / window.Width, Size.Height);
            Assert.Equal(inside[plane * (int)Size.Pixels + y * Size.Width + x], wide[i]);
        }
    }

    [Fact]
    public void FullResolution_SaysWhatIsKnown()
    {
        var (priors, rgb, regions, _) = Solve(1 << 20);
        var n = (int)Size.Pixels;
        var planes = Fill(priors, rgb, new PixelRect(0, 0, Size.Width, Size.Height));
        for (var i = 0; i < n; i++)
        {
            if (regions[i] == (byte)Region.Unknown) continue;
            var foreground = regions[i] == (byte)Region.Foreground;
            Assert.Equal(foreground ? 1f : 0f, planes[9 * n + i]);
            Assert.Equal(0f, planes[(foreground ? 6 : 7) * n + i]);
            for (var c = 0; c < 3; c++) Assert.Equal(rgb[c * n + i], planes[((foreground ? 0 : 3) + c) * n + i], 1e-3f);
        }
    }

    [Theory]
    [InlineData(1 << 20, 9)]
    [InlineData(12_000, 9)]
    [InlineData(12_000, 10)]
    public void ClosedForm_IsNearTheTruth(int pixels, int plane)
    {
        var (priors, rgb, _, alpha) = Solve(pixels);
        var n = (int)Size.Pixels;
        var planes = Fill(priors, rgb, new PixelRect(0, 0, Size.Width, Size.Height));
        var error = Enumerable.Range(0, n).Average(i => Math.Abs(planes[plane * n + i] - alpha[i]));
        Assert.True(error < 0.03, $"mean error {error}");
    }

    [Fact]
    public void AnyThreads_SameBytes()
    {
        using var one = new MemoryStream();
        using var four = new MemoryStream();
        Solve(20_000).Priors.Save(one);
        Solve(20_000, threads: 4).Priors.Save(four);
        Assert.Equal(one.ToArray(), four.ToArray());
    }

    [Fact]
    public void NothingKnown_IsGreyAndFar()
    {
        var regions = new byte[Size.Pixels];
        Array.Fill(regions, (byte)Region.Unknown);
        var (rgb, _, _) = Pictures.Disc(Size, 0.4, 0.8);
        var options = new PriorOptions();
        var priors = PlatePriors.Solve(Pictures.Reduced(Size, rgb, regions, options), options, TestContext.Current.CancellationToken);
        var planes = Fill(priors, rgb, new PixelRect(5, 5, 8, 8));
        Assert.All(planes[..(6 * 64)], v => Assert.Equal(0.5f, v));
        Assert.All(planes[(6 * 64)..(8 * 64)], v => Assert.Equal(1f, v));
        Assert.All(planes[(9 * 64)..(10 * 64)], v => Assert.Equal(0.5f, v));
    }

    [Fact]
    public void SavedAndLoaded_FillsTheSame()
    {
        var (priors, rgb, _, _) = Solve(12_000);
        using var stream = new MemoryStream();
        priors.Save(stream);
        stream.Position = 0;
        var loaded = PlatePriors.Load(stream, "priors.bin");
        Assert.Equal(priors.FullSize, loaded.FullSize);
        var window = new PixelRect(100, -9, 64, 64);
        Assert.Equal(Fill(priors, rgb, window), Fill(loaded, rgb, window));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(4, 9)]
    [InlineData(8, 0)]
    [InlineData(12, -1)]
    [InlineData(8, int.MaxValue)]
    [InlineData(16, 0)]
    public void DamagedHeader_IsNamed(int offset, int value)
    {
        using var stream = new MemoryStream();
        Solve(12_000).Priors.Save(stream);
        var bytes = stream.ToArray();
        BitConverter.TryWriteBytes(bytes.AsSpan(offset), value);
        var e = Assert.Throws<InvalidInputException>(() => PlatePriors.Load(new MemoryStream(bytes), "priors.bin"));
        Assert.StartsWith("priors.bin", e.Message);
    }

    [Fact]
    public void Truncated_IsNamed()
    {
        using var stream = new MemoryStream();
        Solve(12_000).Priors.Save(stream);
        foreach (var length in new[] { 0, 10, 30, (int)stream.Length - 1 })
            Assert.Throws<InvalidInputException>(() => PlatePriors.Load(new MemoryStream(stream.ToArray()[..length]), "priors.bin"));
    }
}
