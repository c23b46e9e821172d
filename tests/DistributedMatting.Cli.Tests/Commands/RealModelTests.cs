namespace DistributedMatting.Cli.Tests;

/// <summary>The trained network, where there is one; everything else is tested with the stand-in.</summary>
public sealed class RealModelTests : IDisposable
{
    private readonly Workplace _here = new();

    public void Dispose() => _here.Dispose();

    [Fact]
    public async Task Standard_WithoutSayingSo_SameBytesTwice()
    {
        var info = await RunTests.JsonAsync("info", "--json");
        if (info.GetProperty("models").GetArrayLength() == 0) Assert.Skip("models/weights holds no model");

        string[] command = ["run", _here.Plate, _here.Trimap, "-o", _here.Alpha, "--force", "--json"];
        var figures = await RunTests.JsonAsync(command);
        Assert.True(figures.GetProperty("patches_inferred").GetInt32() > 0);
        var first = File.ReadAllBytes(_here.Alpha);
        await RunTests.JsonAsync([.. command, "--threads", "5"]);

        Assert.Equal(first, File.ReadAllBytes(_here.Alpha));
    }
}
