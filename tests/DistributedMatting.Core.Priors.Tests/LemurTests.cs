using DistributedMatting.Core.Plates;
using DistributedMatting.Core.Priors.ClosedForm;

namespace DistributedMatting.Core.Priors.Tests;

/// <summary>The lemur's alpha comes from another implementation of closed-form matting.</summary>
public sealed class LemurTests
{
    [Theory]
    [InlineData(1e-7, 0.003)]
    [InlineData(1e-4, 0.004)]
    public void Lemur_AsOthersSolveIt(double tolerance, double meanError)
    {
        var folder = Folder();
        Assert.SkipWhen(folder is null, "../shared/data/evaluate/lemur is not there");

        var (size, channels, plate) = Png.Read(Path.Combine(folder, "lemur.png"));
        var (_, trimapChannels, trimap) = Png.Read(Path.Combine(folder, "lemur_trimap.png"));
        var (_, alphaChannels, alpha) = Png.Read(Path.Combine(folder, "lemur_alpha.png"));
        var n = (int)size.Pixels;
        var (rgb, regions) = (new float[3 * n], new byte[n]);
        for (var i = 0; i < n; i++)
        {
            for (var c = 0; c < 3; c++) rgb[c * n + i] = plate[channels * i + c] / 255f;
            var t = trimap[trimapChannels * i];
            regions[i] = (byte)(t < 64 ? Region.Background : t > 191 ? Region.Foreground : Region.Unknown);
        }

        var options = new ClosedFormOptions { Tolerance = tolerance, MaxIterations = 2000 };
        var solved = ClosedFormMatting.Solve(rgb, regions, size, options, TestContext.Current.CancellationToken).Alpha;
        var unknown = Enumerable.Range(0, n).Where(i => regions[i] == (byte)Region.Unknown).ToArray();
        var error = unknown.Average(i => Math.Abs(solved[i] - alpha[alphaChannels * i] / 255.0));
        Assert.True(error < meanError, $"mean difference {error} over {unknown.Length} unknown pixels");
    }

    /// <summary>Beside the repository, if it is there.</summary>
    static string? Folder()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (!File.Exists(Path.Combine(at.FullName, "DistributedMatting.sln"))) continue;
            var folder = Path.Combine(at.FullName, "..", "shared", "data", "evaluate", "lemur");
            return Directory.Exists(folder) ? folder : null;
        }

        return null;
    }
}
