using System.Text.Json.Nodes;
using DistributedMatting.Deploy.Tests.Support;

namespace DistributedMatting.Deploy.Tests.Chart;

/// <summary>Values that the schema takes and YAML or Kubernetes could take for something else.</summary>
public sealed class HostileValueTests
{
    private static readonly string Names = """
        fullnameOverride: "true"
        imagePullSecrets: ["1"]
        storage: {storageClassName: "2"}
        apiKeys: {existingSecret: "3", file: "4", viewerKey: "5", submitterKey: "6"}
        ingress: {enabled: true, className: "7", tlsSecret: "8", host: "9"}
        serviceAccount: {name: "10"}
        spreadTopologyKey: "11"
        redis: {auth: {existingSecret: "12", secretKey: "13"}, persistence: {storageClassName: "14"}}
        coordinator: {priorityClassName: "15"}
        workers: {cpu: {enabled: false}, gpu: {enabled: true, priorityClassName: "16", runtimeClassName: "17"}}
        metrics: {serviceMonitor: {enabled: true}}
        autoscaling: {enabled: true}
        batch: {jobs: [{name: "18", plate: /farm/a.tif, alpha: /farm/b.tif}]}
        """;

    // A colon at the end makes a map of a word, a comma or a brace ends one.
    private static readonly string Places = """
        storage: {existingClaim: "1", mountPath: "/f,x}", folder: "/f,x}/m:", roots: ["/f,x}/r:"]}
        model: "/f,x}/a#b:"
        otlp: "http://c:4317/x:"
        redis: {enabled: false}
        externalRedis: {existingSecret: "2", secretKey: "3"}
        metrics: {serviceMonitor: {enabled: true}}
        autoscaling: {enabled: true, source: prometheus, prometheusAddress: "http://p:"}
        """;

    private static readonly string Numbers = """
        podSecurity: {runAsUser: 1000650000, runAsGroup: 1000650000, fsGroup: 1000650000, supplementalGroups: [1000650000]}
        limits: {quota: [1000000]}
        redis: {maxMemoryMib: 1000000, resources: {limits: {memory: 2199023255552}}}
        batch: {activeDeadlineSeconds: 31536000, ttlSecondsAfterFinished: 31536000, jobs: [{name: a, plate: /farm/a.tif, alpha: /farm/b.tif}]}
        """;

    [Fact]
    public void Names_that_look_like_numbers_stay_names() => Assert.Empty(Errors(Render(Names)));

    [Fact]
    public void Paths_and_addresses_stay_words()
    {
        var said = Render(Places);
        Assert.Empty(Errors(said));
        Assert.Contains("\"--model=/f,x}/a#b:\"", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Large_numbers_are_written_out()
    {
        var said = Render(Numbers);
        Assert.Empty(Errors(said));
        Assert.Contains("\"--quota=1000000\"", said, StringComparison.Ordinal);
        Assert.Contains("- 1000000mb", said, StringComparison.Ordinal);
        Assert.DoesNotContain("650e+", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Seconds: 3.", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2024", "2024-distributed-matting is no name")]
    [InlineData("farm.two", "farm.two-distributed-matting is no name")]
    public void A_release_whose_Services_would_have_no_name_is_refused(string release, string words)
    {
        Assert.Contains(words, Release(release, "{}").Error, StringComparison.Ordinal);
        Assert.Contains($"{release}-redis is no name", Release(release, "fullnameOverride: farm").Error, StringComparison.Ordinal);
    }

    // The names of pods end up in their labels with what Kubernetes appends: 63 letters, of which it takes 11 for a StatefulSet's revision.
    [Fact]
    public void The_longest_release_fits()
    {
        var said = Release(new string('a', 53), "{}");
        Assert.True(said.Code == 0, said.Error);
        var objects = Objects(said.Output);
        var redis = Assert.Single(objects, one => (string)one["kind"]! == "StatefulSet");
        var name = (string)redis["metadata"]!["name"]!;
        Assert.True(name.Length <= 63 - 11, name);
        Assert.Equal(name, (string)redis["spec"]!["serviceName"]!);
        Assert.Contains(objects, one => (string)one["kind"]! == "Service" && (string)one["metadata"]!["name"]! == name);
        Assert.All(objects.Where(one => (string)one["kind"]! == "Deployment"), silo => Assert.Contains($"\"--redis={name}:6379\"", silo.ToJsonString(), StringComparison.Ordinal));
    }

    private static string Render(string yaml)
    {
        var said = Release("farm", yaml);
        Assert.True(said.Code == 0, said.Error);
        return said.Output;
    }

    private static Words Release(string release, string yaml)
    {
        using var scratch = new Scratch();
        return ChartTools.RenderAs(release, "-f", scratch.Write("values.yaml", yaml));
    }

    private static string[] Errors(string rendered) => [.. Read(rendered)["errors"]!.AsArray().Select(error => (string)error!)];

    private static JsonObject[] Objects(string rendered) => [.. Read(rendered)["objects"]!.AsArray().Select(one => one!.AsObject())];

    private static JsonNode Read(string rendered)
    {
        using var scratch = new Scratch();
        var file = scratch.Write("rendered.yaml", rendered);
        return ChartTools.Objects(file)[file]!;
    }
}
