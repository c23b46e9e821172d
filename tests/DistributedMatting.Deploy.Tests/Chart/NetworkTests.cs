using System.Text.Json.Nodes;

namespace DistributedMatting.Deploy.Tests.Chart;

/// <summary>Who may reach whom, by the chart's NetworkPolicies.</summary>
public sealed class NetworkTests
{
    [Theory, MemberData(nameof(Rendered.Sets), MemberType = typeof(Rendered))]
    public void The_releases_own_test_and_batch_reach_the_API(string set)
    {
        var callers = Rendered.Pods(set).Where(pod => pod.Template["spec"]!["containers"]![0]!["env"]?.AsArray().Any(one => (string?)one!["name"] == "MATTING_SERVER") == true).ToArray();
        Assert.NotEmpty(callers);
        var rule = Assert.Single(Silos(set)["ingress"]!.AsArray(), rule => rule!["ports"]!.AsArray().Any(port => (string?)port!["port"] == "api"))!;
        foreach (var (owner, pod) in callers)
            Assert.True(rule["from"] is not JsonArray from || from.Any(peer => IsMeant(peer!, pod["metadata"]!["labels"]!.AsObject())), $"{owner} does not reach the API");
    }

    [Fact]
    public void Prometheus_reaches_the_API_of_the_set_that_it_watches()
    {
        var api = Silos("cpu")["ingress"]!.AsArray().Single(rule => rule!["ports"]!.AsArray().Any(port => (string?)port!["port"] == "api"))!;
        Assert.Contains("monitoring", api["from"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("external-redis", 6380)] // in a Secret, where nobody but the silo reads it
    [InlineData("cpu", 4317)] // the collector
    public void Who_may_go_nowhere_else_reaches_what_he_is_told_to(string set, int port) =>
        Assert.Contains(Silos(set)["egress"]!.AsArray(), rule => rule!["ports"]?.AsArray().Any(one => one!["port"]!.ToJsonString() == port.ToString(System.Globalization.CultureInfo.InvariantCulture)) == true);

    private static JsonNode Silos(string set) => Rendered.Objects(set, "NetworkPolicy").Single(one => ((string)one["metadata"]!["name"]!).EndsWith("-silos", StringComparison.Ordinal))["spec"]!;

    private static bool IsMeant(JsonNode peer, JsonObject labels) =>
        peer["namespaceSelector"] is null && peer["podSelector"] is { } selector
        && (selector["matchLabels"]?.AsObject().All(pair => (string?)labels[pair.Key] == (string?)pair.Value) ?? true)
        && (selector["matchExpressions"]?.AsArray().All(one => (string?)one!["operator"] == "In" && one["values"]!.AsArray().Any(value => (string?)value == (string?)labels[(string)one["key"]!])) ?? true);
}
