using DistributedMatting.Cli.Output;
using DistributedMatting.Core.Plates;
using DistributedMatting.Imaging;
using DistributedMatting.Scenes;

namespace DistributedMatting.Cli.Demo;

/// <summary>Renders a scene into its files, band by band.</summary>
internal static class DemoRendering
{
    private const int BandRows = 64;

    public static void Render(DemoFiles files, int size, int seed, int threads, IScreen screen, CancellationToken cancellation)
    {
        var renderer = new SceneRenderer(Scene.Create(size, seed), threads);
        var format = new AlphaFormat(BitDepth: 16, threads);
        using var plate = RgbFile.Create(files.Plate, renderer.Size, bitDepth: 16, force: true, threads: threads);
        using var foreground = RgbFile.Create(files.TrueForeground, renderer.Size, bitDepth: 16, force: true, threads: threads);
        using var alpha = AlphaFile.Create(files.TrueAlpha, renderer.Size, format, force: true);
        using var trimap = AlphaFile.Create(files.Trimap, renderer.Size, format with { BitDepth = 8 }, force: true);

        var band = new SceneBand();
        var grey = Array.Empty<float>();
        var done = screen.Begin("render", size, "rows");
        for (var y = 0; y < size; y += BandRows)
        {
            renderer.RenderBand(y, Math.Min(BandRows, size - y), band, cancellation);
            plate.WriteRows(band.Rgb.AsSpan());
            foreground.WriteRows(band.ForegroundRgb.AsSpan());
            alpha.WriteRows(band.Alpha);
            trimap.WriteRows(Grey(band.Trimap, ref grey));
            done(Math.Min(size, y + BandRows));
        }

        plate.Complete();
        foreground.Complete();
        alpha.Complete();
        trimap.Complete();
    }

    // 0, 128 and 255 in eight bits.
    private static float[] Grey(byte[] regions, ref float[] grey)
    {
        if (grey.Length != regions.Length) grey = new float[regions.Length];
        for (var i = 0; i < grey.Length; i++) grey[i] = regions[i] / (float)(byte)Region.Foreground;
        return grey;
    }
}
