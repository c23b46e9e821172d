using DistributedMatting.Cli.Output;
using DistributedMatting.Core.Metrics;
using DistributedMatting.Imaging;

namespace DistributedMatting.Cli.Demo;

/// <summary>
/// Reads the matte back beside the truth: the errors, and a composite over a checker. The composite takes the
/// estimated alpha and the true foreground colours, so that what is wrong in it is wrong in the alpha.
/// </summary>
internal static class DemoComparison
{
    private const int BandRows = 64;
    private const int Squares = 40;
    private const ushort Light = 180 * 257;
    private const ushort Dark = 110 * 257;

    public static DifferenceSums Compare(DemoFiles files, int threads, IScreen screen, CancellationToken cancellation)
    {
        using var alpha = PlateFile.Open(files.Alpha);
        using var truth = PlateFile.Open(files.TrueAlpha);
        using var foreground = PlateFile.Open(files.TrueForeground);
        using var trimap = TrimapFile.Open(files.Trimap, alpha.Size);
        using var composite = RgbFile.Create(files.Composite, alpha.Size, bitDepth: 8, force: true, threads: threads);

        var (width, height) = (alpha.Size.Width, alpha.Size.Height);
        var errors = new DifferenceSums();
        var (colours, regions) = (new ushort[3 * width * BandRows], new byte[width * BandRows]);
        var (estimated, exact) = (new float[width * BandRows], new float[width * BandRows]);
        var done = screen.Begin("compare", height, "rows");
        for (var y = 0; y < height; y += BandRows)
        {
            cancellation.ThrowIfCancellationRequested();
            var pixels = Math.Min(BandRows, height - y) * width;
            ReadAlpha(alpha, colours.AsSpan(0, 3 * pixels), estimated.AsSpan(0, pixels));
            ReadAlpha(truth, colours.AsSpan(0, 3 * pixels), exact.AsSpan(0, pixels));
            trimap.ReadRows(regions.AsSpan(0, pixels));
            errors.Add(estimated.AsSpan(0, pixels), exact.AsSpan(0, pixels), regions.AsSpan(0, pixels));

            foreground.ReadRows(colours.AsSpan(0, 3 * pixels));
            OverChecker(colours.AsSpan(0, 3 * pixels), estimated, y, width);
            composite.WriteRows(colours.AsSpan(0, 3 * pixels));
            done(Math.Min(height, y + BandRows));
        }

        composite.Complete();
        return errors;
    }

    private static void ReadAlpha(PlateFile file, Span<ushort> rgb, Span<float> alpha)
    {
        file.ReadRows(rgb);
        for (var i = 0; i < alpha.Length; i++) alpha[i] = rgb[3 * i] / 65535f;
    }

    private static void OverChecker(Span<ushort> rgb, ReadOnlySpan<float> alpha, int firstRow, int width)
    {
        var square = Math.Max(1, width / Squares);
        for (var i = 0; i < rgb.Length / 3; i++)
        {
            var isLight = (i % width / square + (firstRow + i / width) / square) % 2 == 0;
            var back = (1 - alpha[i]) * (isLight ? Light : Dark);
            for (var c = 3 * i; c < 3 * i + 3; c++) rgb[c] = (ushort)(alpha[i] * rgb[c] + back + 0.5f);
        }
    }
}
