using System.Text.Json.Nodes;
using DistributedMatting.Deploy.Tests.Support;

namespace DistributedMatting.Deploy.Tests.Chart;

/// <summary>The chart's values: all of them are in the schema, and wrong ones are refused before anything is made.</summary>
public sealed class ValueTests
{
    private static readonly string Schema = Path.Combine(Repository.Chart, "values.schema.json");
    private static readonly string RedisSchema = Path.Combine(Repository.Chart, "charts", "redis", "values.schema.json");

    [Theory, MemberData(nameof(Rendered.Sets), MemberType = typeof(Rendered))]
    public void The_sets_are_what_the_schema_says(string set)
    {
        var values = ChartTools.Values(Rendered.Words(set));
        Assert.Empty(ChartTools.Errors(Schema, values));
        Assert.Empty(ChartTools.Errors(RedisSchema, values["redis"]!));
    }

    [Fact]
    public void Every_value_is_in_the_schema_and_the_other_way_round()
    {
        var values = ChartTools.Values();
        Compare("", JsonNode.Parse(File.ReadAllText(Schema))!.AsObject(), values, ["global", "redis"]);
        Compare("redis", JsonNode.Parse(File.ReadAllText(RedisSchema))!.AsObject(), values["redis"]!.AsObject(), ["global"]);
    }

    [Theory]
    [InlineData("clusterID: matting", "clusterID")] // misspelt
    [InlineData("clusterId: 'my farm'", "clusterId")]
    [InlineData("coordinator: {replicas: 0}", "coordinator.replicas")]
    [InlineData("coordinator: {replicas: two}", "coordinator.replicas")]
    [InlineData("workers: {cpu: {workers: 0}}", "workers.cpu.workers")]
    [InlineData("workers: {cpu: {batch: 257}}", "workers.cpu.batch")]
    [InlineData("workers: {cpu: {replica: 3}}", "workers.cpu")]
    [InlineData("workers: {gpu: {resourceName: gpu}}", "workers.gpu.resourceName")]
    [InlineData("workers: {cpu: {resources: {requests: {cpu: lots}}}}", "workers.cpu.resources")]
    [InlineData("terminationGracePeriodSeconds: 30", "terminationGracePeriodSeconds")]
    [InlineData("autoscaling: {megapixelsPerWorker: 0}", "autoscaling.megapixelsPerWorker")]
    [InlineData("autoscaling: {source: guess}", "autoscaling.source")]
    [InlineData("podSecurity: {runAsUser: 0}", "podSecurity.runAsUser")]
    [InlineData("storage: {mountPath: farm}", "storage.mountPath")]
    [InlineData("apiKeys: {existingSecret: ''}", "apiKeys.existingSecret")]
    [InlineData("batch: {jobs: [{name: a, plate: a.tif, alpha: /farm/a.tif}]}", "batch.jobs.0.plate")]
    [InlineData("batch: {jobs: [{name: a, plate: /farm/a.tif, alpha: /farm/a.jpg}]}", "batch.jobs.0.alpha")]
    [InlineData("batch: {jobs: [{name: a, plate: /farm/a.tif}]}", "batch.jobs.0")]
    [InlineData("disruption: {workerMaxUnavailable: 150%}", "disruption.workerMaxUnavailable")]
    [InlineData("otlp: collector:4317", "otlp")]
    public void A_wrong_value_is_refused_by_its_name(string yaml, string name)
    {
        var errors = ChartTools.Errors(Schema, ChartTools.Values("-f", Write(yaml)));
        Assert.Contains(errors, error => error.StartsWith(name, StringComparison.Ordinal) || error.EndsWith(": " + name, StringComparison.Ordinal));
    }

    [Fact]
    public void A_wrong_value_of_the_subchart_is_refused_too() =>
        Assert.NotEmpty(ChartTools.Errors(RedisSchema, ChartTools.Values("-f", Write("redis: {password: secret}"))["redis"]!));

    [Theory]
    [InlineData("workers: {gpu: {enabled: true}}", "one kind of device")]
    [InlineData("workers: {cpu: {enabled: false}}", "no workers are enabled")]
    [InlineData("redis: {enabled: false}", "externalRedis.host")]
    [InlineData("autoscaling: {enabled: true, source: prometheus}", "autoscaling.prometheusAddress")]
    [InlineData("autoscaling: {minReplicas: 11}", "autoscaling.minReplicas")]
    [InlineData("storage: {folder: /var/farm}", "/var/farm")]
    [InlineData("storage: {roots: [/farms/plates]}", "/farms/plates")]
    [InlineData("batch: {jobs: [{name: a, plate: /farm/a.tif, alpha: /farm/a.png}, {name: a, plate: /farm/b.tif, alpha: /farm/b.png}]}", "same name")]
    public void What_does_not_go_together_is_refused_with_a_sentence(string yaml, string words)
    {
        var said = ChartTools.Render("-f", Write(yaml));
        Assert.NotEqual(0, said.Code);
        Assert.Contains(words, said.Error, StringComparison.Ordinal);
    }

    private static string Write(string yaml)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("matting-chart-").FullName, "values.yaml");
        File.WriteAllText(file, yaml);
        return file;
    }

    // A part whose schema lists its values must list all of them, and the chart must say a default for each.
    private static void Compare(string path, JsonObject schema, JsonObject values, string[] but) => Compare(path, schema, schema, values, but);

    private static void Compare(string path, JsonObject whole, JsonObject schema, JsonObject values, string[] but)
    {
        if ((string?)schema["$ref"] is { } name) schema = whole["definitions"]![name.Split('/')[^1]]!.AsObject();
        if (schema["properties"] is not JsonObject listed) return;
        Assert.False((bool?)schema["additionalProperties"] ?? true, $"{path}: takes values that nobody knows");
        var known = values.Select(pair => pair.Key).Except(but).Order().ToList();
        var said = listed.Select(pair => pair.Key).Except(but).Where(key => path != "" || key != "redis").Order().ToList();
        // What Kubernetes itself takes need not have a default here.
        if (!path.EndsWith("resources", StringComparison.Ordinal)) Assert.Equal(known, said.Where(key => !(path == "redis" && key == "enabled" && !values.ContainsKey(key))));
        foreach (var key in known.Where(key => values[key] is JsonObject && listed[key] is JsonObject))
            Compare(path.Length == 0 ? key : $"{path}.{key}", whole, listed[key]!.AsObject(), values[key]!.AsObject(), []);
    }
}
