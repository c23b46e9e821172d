using System.Text.RegularExpressions;
using DistributedMatting.Deploy.Tests.Support;

namespace DistributedMatting.Deploy.Tests.Samples;

/// <summary>The sample configurations, against the programs that read them.</summary>
public sealed partial class ConfigTests
{
    private static readonly string[] NotSettings = ["--help", "--version"];

    [Fact]
    public void The_silos_sample_has_every_setting_and_no_other() =>
        Compare("silo.conf", Words.OfDotnet(Repository.Built("DistributedMatting.Silo", "matting-silo"), "--help").Output);

    [Fact]
    public void The_services_sample_has_every_setting_and_no_other() =>
        Compare("serve.conf", Words.OfDotnet(Repository.Built("DistributedMatting.Cli", "matting"), "serve", "--help").Output);

    [Theory]
    [InlineData("DistributedMatting.Silo", "matting-silo", "silo.conf", "farm-db")]
    [InlineData("DistributedMatting.Cli", "matting serve", "serve.conf", "/srv/plates")]
    public void A_misspelt_setting_is_refused_by_its_name(string project, string program, string sample, string lost)
    {
        var words = program.Split(' ');
        using var scratch = new Scratch();
        var file = scratch.Write(sample, File.ReadAllText(Repository.At("deploy", "config", sample)).Replace(lost, lost + "\n--lissen 1", StringComparison.Ordinal));
        var said = Words.OfDotnet(Repository.Built(project, words[0]), [.. words[1..], "@" + file]);
        Assert.Equal(2, said.Code); // systemd does not start it again
        Assert.Contains("--lissen", said.Error, StringComparison.Ordinal);
    }

    private static void Compare(string sample, string help)
    {
        var said = Setting().Matches(File.ReadAllText(Repository.At("deploy", "config", sample))).Select(match => match.Groups[1].Value);
        var known = Option().Matches(help).Select(match => match.Groups[1].Value).Except(NotSettings);
        Assert.Equal(known.Order().Distinct(), said.Order().Distinct());
    }

    [GeneratedRegex(@"^#?(--[a-z-]+)\b", RegexOptions.Multiline)]
    private static partial Regex Setting();

    [GeneratedRegex(@"^\s+(?:-\w, )*(--[a-z-]+)", RegexOptions.Multiline)]
    private static partial Regex Option();
}
