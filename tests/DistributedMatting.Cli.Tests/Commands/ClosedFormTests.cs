using System.Text.Json;
using DistributedMatting.Imaging;

namespace DistributedMatting.Cli.Tests;

public sealed class ClosedFormTests : IDisposable
{
    private readonly Workplace _here = new();

    public void Dispose() => _here.Dispose();

    [Fact]
    public async Task Alpha_IsBetweenTheKnown_AndSaysWhereItCameFrom()
    {
        // Grey by the disc itself, so that alpha can be read off the plate.
        var size = Workplace.Size;
        float Truth(int x, int y) => (float)Math.Clamp((100 - Math.Sqrt(Math.Pow(x - size.Width / 2, 2) + Math.Pow(y - size.Height / 2, 2))) / 40, 0, 1);
        using (var file = RgbFile.Create(_here.Plate, size, 16, force: true))
        {
            var row = new ushort[3 * size.Width];
            for (var y = 0; y < size.Height; y++)
            {
                for (var i = 0; i < row.Length; i++) row[i] = (ushort)(10000 + 40000 * Truth(i / 3, y));
                file.WriteRows(row.AsSpan());
            }

            file.Complete();
        }

        var figures = await RunTests.JsonAsync("run", _here.Plate, _here.Trimap, "-o", _here.Alpha, "--method", "closed-form", "--json");

        Assert.Equal("closed-form", figures.GetProperty("model").GetString());
        Assert.Equal(JsonValueKind.Null, figures.GetProperty("seam_ratio").ValueKind);
        using var alpha = PlateFile.Open(_here.Alpha);
        var rgb = new ushort[3 * size.Pixels];
        alpha.ReadRows(rgb);
        var error = 0.0;
        for (var i = 0; i < size.Pixels; i++) error = Math.Max(error, Math.Abs(rgb[3 * i] / 65535.0 - Truth(i % size.Width, i / size.Width)));
        Assert.True(error < 0.02, $"alpha is off by up to {error}");

        using var provenance = JsonDocument.Parse(await File.ReadAllTextAsync(_here.Alpha + ".json", TestContext.Current.CancellationToken));
        Assert.Equal("closed-form", provenance.RootElement.GetProperty("model").GetString());
        Assert.Equal(["alpha.tif", "alpha.tif.json"], _here.Left().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task JobFolder_Refused()
    {
        var line = await Matting.RefusesAsync("run", _here.Plate, _here.Trimap, "-o", _here.Alpha, "--method", "closed-form", "--job-dir", _here.At("job"));

        Assert.Contains("--job-dir", line, StringComparison.Ordinal);
        Assert.Empty(_here.Left());
    }

    [Theory]
    [InlineData("--contexts", "2")]
    [InlineData("--model", "hdmatt-s")]
    [InlineData("--device", "cpu")]
    [InlineData("--margin", "16")]
    [InlineData("--memory", "1G")]
    public async Task OptionOfTheNetwork_Refused(string option, string value)
    {
        var line = await Matting.RefusesAsync("run", _here.Plate, _here.Trimap, "-o", _here.Alpha, "--method", "closed-form", option, value);

        Assert.Contains($"{option} is for the network", line, StringComparison.Ordinal);
        Assert.Empty(_here.Left());
    }

    [Fact]
    public async Task UnknownMethod_Refused() =>
        Assert.Contains("closed-form", await Matting.RefusesAsync(_here.Run("--method", "knn")), StringComparison.Ordinal);
}
