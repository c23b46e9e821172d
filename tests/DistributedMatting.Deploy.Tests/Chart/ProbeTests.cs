using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DistributedMatting.Core.Jobs.Telemetry;
using DistributedMatting.Deploy.Tests.Support;
using DistributedMatting.Workstation.Testing;

namespace DistributedMatting.Deploy.Tests.Chart;

/// <summary>Addresses, options and metrics that the chart names, against the programs that have them.</summary>
public sealed partial class ProbeTests
{
    private static string? _siloHelp;

    [Theory, MemberData(nameof(Rendered.Sets), MemberType = typeof(Rendered))]
    public async Task Probes_ask_for_what_is_answered_without_a_key(string set)
    {
        await using var service = await Service.StartAsync(new FakeEngine());
        foreach (var silo in Rendered.Objects(set, "Deployment"))
        {
            var container = silo["spec"]!["template"]!["spec"]!["containers"]![0]!;
            var ports = container["ports"]!.AsArray().ToDictionary(port => (string)port!["name"]!, port => (int)port!["containerPort"]!);
            Assert.Equal(7700, ports["api"]);
            Assert.Equal((11111, 30000), (ports["silo"], ports["gateway"]));
            string[] probes = ["startupProbe", "readinessProbe", "livenessProbe"];
            var paths = probes.Select(probe => Path(container[probe]!)).ToList();
            Assert.Equal(3, paths.Distinct().Count());
            Assert.Equal("/health/live", paths[2]);
            foreach (var path in paths)
            {
                using var answer = await service.GetAsync(path, key: null);
                Assert.True(answer.StatusCode == HttpStatusCode.NoContent, $"{Rendered.Name(silo)} {path}: {answer.StatusCode}");
            }

            string Path(JsonNode probe)
            {
                Assert.True(ports.ContainsKey((string)probe["httpGet"]!["port"]!), $"{Rendered.Name(silo)}: no port {probe["httpGet"]!["port"]}");
                return (string)probe["httpGet"]!["path"]!;
            }
        }
    }

    [Fact]
    public async Task A_silo_that_is_not_ready_is_alive()
    {
        var isReady = false;
        await using var service = await Service.StartAsync(new FakeEngine(), () => isReady);
        Assert.Equal((503, 204, 204), (await AskAsync("ready"), await AskAsync("live"), await AskAsync("startup")));
        isReady = true;
        Assert.Equal(204, await AskAsync("ready"));

        async Task<int> AskAsync(string name)
        {
            using var answer = await service.GetAsync("/health/" + name, key: null);
            return (int)answer.StatusCode;
        }
    }

    [Theory, MemberData(nameof(Rendered.Sets), MemberType = typeof(Rendered))]
    public void Silos_are_given_options_that_they_have(string set)
    {
        var program = Repository.Built("DistributedMatting.Silo", "matting-silo");
        var help = _siloHelp ??= Words.OfDotnet(program, "--help").Output;
        foreach (var silo in Rendered.Objects(set, "Deployment")) HasAll(help, silo["spec"]!["template"]!["spec"]!["containers"]![0]!["args"]!.AsArray());
    }

    [Fact]
    public void The_batch_is_given_options_that_submit_has()
    {
        var help = Words.OfDotnet(Repository.Built("DistributedMatting.Cli", "matting"), "submit", "--help").Output;
        foreach (var job in Rendered.Objects("gpu", "Job")) HasAll(help, job["spec"]!["template"]!["spec"]!["containers"]![0]!["args"]!.AsArray());
    }

    [Fact]
    public async Task The_dashboard_and_the_alerts_name_metrics_that_are_there()
    {
        await using var service = await Service.StartAsync(new FakeEngine());
        MattingTelemetry.Inferred(Core.Jobs.MattingStage.Matte, 0);
        MattingTelemetry.LookedUp(hit: true);
        using var answer = await service.GetAsync("/metrics", service.ViewerKey);
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var board = File.ReadAllText(System.IO.Path.Combine(Repository.Chart, "dashboards", "farm.json"));
        var asked = MetricName().Matches(board + File.ReadAllText(Repository.At("docs", "kubernetes.md"))).Select(match => match.Value).Distinct().ToList();
        Assert.True(asked.Count >= 5, string.Join(' ', asked));
        Assert.All(asked, name => Assert.True(page.Contains($"\n{name}{{", StringComparison.Ordinal) || page.Contains($"\n{name} ", StringComparison.Ordinal), $"/metrics has no {name}"));
        Assert.Contains(Rendered.Objects("cpu", "ConfigMap"), map => JsonNode.DeepEquals(JsonNode.Parse((string)map["data"]!["distributed-matting.json"]!), JsonNode.Parse(board)));
    }

    [Fact]
    public async Task Prometheus_is_asked_for_a_metric_that_is_there_and_no_answer_is_no_zero()
    {
        var trigger = Assert.Single(Rendered.Objects("prometheus", "ScaledObject"))["spec"]!["triggers"]![0]!["metadata"]!;
        await using var service = await Service.StartAsync(new FakeEngine());
        using var answer = await service.GetAsync("/metrics", service.ViewerKey);
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains($"\n{MetricName().Match((string)trigger["query"]!).Value} ", page, StringComparison.Ordinal);
        Assert.Equal("false", (string)trigger["ignoreNullValues"]!);
        var monitored = Assert.Single(Rendered.Objects("prometheus", "Service"), one => (string?)one["metadata"]!["labels"]!["app.kubernetes.io/component"] == "silos");
        Assert.Contains($"service=\"{monitored["metadata"]!["name"]}\"", (string)trigger["query"]!, StringComparison.Ordinal);
    }

    private static void HasAll(string help, JsonArray words)
    {
        var options = words.Select(word => (string)word!).Where(word => word.StartsWith("--", StringComparison.Ordinal)).Select(word => word.Split('=')[0]);
        Assert.All(options, option => Assert.Matches($@"(?m)(^|[\s,]){option}([\s,]|$)", help));
    }

    [GeneratedRegex(@"\bmatting_[a-z_]+")]
    private static partial Regex MetricName();
}
