using DistributedMatting.Deploy.Tests.Support;

namespace DistributedMatting.Deploy.Tests.Samples;

/// <summary>The units, as systemd reads them.</summary>
public sealed class SystemdTests
{
    private const string Analyze = "/usr/bin/systemd-analyze";

    [Theory, InlineData("matting-silo"), InlineData("matting")]
    public void Systemd_understands_every_line(string name)
    {
        Assert.SkipUnless(File.Exists(Analyze), "systemd-analyze is not installed");
        using var scratch = new Scratch();
        // It looks for the program too, which is installed elsewhere.
        var file = scratch.Write(name + ".service", Unit(name).Replace($"/opt/matting/{name} ", "/bin/true ", StringComparison.Ordinal));
        var said = Words.Of(null, Analyze, "verify", file);
        Assert.True(said is { Code: 0, Error: "" }, said.Error);
    }

    [Theory, InlineData("matting-silo"), InlineData("matting")]
    public void A_stop_waits_longer_than_a_drain(string name)
    {
        var line = Assert.Single(Unit(name).Split('\n'), line => line.StartsWith("TimeoutStopSec=", StringComparison.Ordinal));
        Assert.True(int.Parse(line["TimeoutStopSec=".Length..], System.Globalization.CultureInfo.InvariantCulture) > 60, line);
    }

    [Fact]
    public void A_silo_without_its_shared_folder_is_not_started() =>
        Assert.Contains("AssertPathIsMountPoint=/mnt/farm", Unit("matting-silo").Split('\n'));

    private static string Unit(string name) => File.ReadAllText(Repository.At("deploy", "systemd", name + ".service"));
}
