using System.Text.Json.Nodes;
using DistributedMatting.Deploy.Tests.Support;

namespace DistributedMatting.Deploy.Tests.Chart;

/// <summary>The chart's values: all of them are in the schema, and wrong ones are refused before anything is made.</summary>
public sealed class ValueTests
{
    private static readonly string Schema = Path.Combine(Repository.Chart, "values.schema.json");
    private static readonly string RedisSchema = Path.Combine(Repository.Chart, "charts", "redis", "values.schema.json");

    /// <summary>Values, and the name that they are refused by.</summary>
    public static readonly TheoryData<string, string> Wrong = new()
    {
        { "clusterID: matting", "clusterID" }, // misspelt
        { "clusterId: 'my farm'", "clusterId" },
        { "coordinator: {replicas: 0}", "coordinator.replicas" },
        { "coordinator: {replicas: two}", "coordinator.replicas" },
        { "workers: {cpu: {workers: 0}}", "workers.cpu.workers" },
        { "workers: {cpu: {batch: 257}}", "workers.cpu.batch" },
        { "workers: {cpu: {replica: 3}}", "workers.cpu" },
        { "workers: {gpu: {resourceName: gpu}}", "workers.gpu.resourceName" },
        { "workers: {cpu: {resources: {requests: {cpu: lots}}}}", "workers.cpu.resources" },
        { "terminationGracePeriodSeconds: 30", "terminationGracePeriodSeconds" },
        { "autoscaling: {megapixelsPerWorker: 0}", "autoscaling.megapixelsPerWorker" },
        { "autoscaling: {source: guess}", "autoscaling.source" },
        { "podSecurity: {runAsUser: 0}", "podSecurity.runAsUser" },
        { "storage: {mountPath: farm}", "storage.mountPath" },
        { "apiKeys: {existingSecret: ''}", "apiKeys.existingSecret" },
        { "batch: {jobs: [{name: a, plate: a.tif, alpha: /farm/a.tif}]}", "batch.jobs.0.plate" },
        { "batch: {jobs: [{name: a, plate: /farm/a.tif, alpha: /farm/a.jpg}]}", "batch.jobs.0.alpha" },
        { "batch: {jobs: [{name: a, plate: /farm/a.tif}]}", "batch.jobs.0" },
        { "disruption: {workerMaxUnavailable: 150%}", "disruption.workerMaxUnavailable" },
        { "otlp: collector:4317", "otlp" },
        { "redis: {password: secret}", "values" },
        { "redis: {maxMemoryMib: 8}", "maxMemoryMib" },
        { "publicUrl: matting.example", "publicUrl" },
        { "limits: {quota: [many]}", "limits.quota.0" },
        { "redisObjects: {maxObjectKib: 5000}", "redisObjects.maxObjectKib" },
        { "nameOverride: '2024'", "nameOverride" },
        { "fullnameOverride: '2024'", "fullnameOverride" },
        { "coordinator: {podLabels: {app.kubernetes.io/component: mine}}", "coordinator.podLabels" },
        { "coordinator: {extraArgs: [-v]}", "coordinator.extraArgs.0" },
        { "workers: {cpu: {affinity: {nodeAfinity: {}}}}", "workers.cpu.affinity" },
        { "workers: {gpu: {tolerations: [{keys: nvidia.com/gpu}]}}", "workers.gpu.tolerations.0" },
        { "networkPolicy: {apiFrom: [{namespaceSelektor: {}}]}", "networkPolicy.apiFrom.0" },
        { "disruption: {workerMaxUnavailable: 0}", "disruption.workerMaxUnavailable" },
        { "disruption: {coordinatorMaxUnavailable: 0%}", "disruption.coordinatorMaxUnavailable" },
        { "coordinator: {podLabels: {team: two words}}", "coordinator.podLabels" },
        { "coordinator: {extraEnv: [{name: POD_IP, value: 10.0.0.1}]}", "coordinator.extraEnv.0.name" }, // the silo's own address
        { "apiKeys: {file: ..}", "apiKeys.file" },
        { "storage: {mountPath: '/farm:/x'}", "storage.mountPath" },
        { "image: {repository: 'a{b'}", "image.repository" },
    };

    private static readonly Lazy<Dictionary<string, string[]>> Refusals = new(() =>
        Check(Wrong.Select(row => KeyValuePair.Create(row.Data.Item1, WithFile(row.Data.Item1, file => ChartTools.Values("-f", file))))));

    private static readonly Lazy<Dictionary<string, string[]>> Sets = new(() =>
        Check(Rendered.Sets.Select(row => KeyValuePair.Create(row.Data, ChartTools.Values(Rendered.Words(row.Data))))));

    [Theory, MemberData(nameof(Rendered.Sets), MemberType = typeof(Rendered))]
    public void The_sets_are_what_the_schema_says(string set) => Assert.Empty(Sets.Value[set]);

    [Fact]
    public void Every_value_is_in_the_schema_and_the_other_way_round()
    {
        var values = ChartTools.Values();
        Compare("", JsonNode.Parse(File.ReadAllText(Schema))!.AsObject(), values, ["global", "redis"]);
        Compare("redis", JsonNode.Parse(File.ReadAllText(RedisSchema))!.AsObject(), values["redis"]!.AsObject(), ["global"]);
    }

    // What values.yaml says as null may be said as null: Helm takes the key out before it looks at the schema.
    [Theory]
    [InlineData("limits: {requestsPerSecond: null}")]
    [InlineData("deadAfterSeconds: null")]
    [InlineData("workers: {cpu: {batch: null}, gpu: {batch: null}}")]
    public void What_is_null_by_itself_may_be_null(string yaml) =>
        Assert.Empty(WithFile(yaml, file => Check([KeyValuePair.Create(yaml, ChartTools.Values("-f", file))]))[yaml]);

    // Helm's own validator reads patterns with Go's regular expressions, which know no looking ahead.
    [Theory, InlineData("values.schema.json"), InlineData("charts/redis/values.schema.json")]
    public void Patterns_are_those_that_Helm_knows(string file) => Assert.DoesNotContain("(?", File.ReadAllText(Path.Combine(Repository.Chart, file)), StringComparison.Ordinal);

    [Theory, MemberData(nameof(Wrong))]
    public void A_wrong_value_is_refused_by_its_name(string yaml, string name) =>
        Assert.Contains(Refusals.Value[yaml], error => error.StartsWith(name, StringComparison.Ordinal) || error.EndsWith(": " + name, StringComparison.Ordinal));

    [Theory]
    [InlineData("workers: {gpu: {enabled: true}}", "one kind of device")]
    [InlineData("workers: {cpu: {enabled: false}}", "no workers are enabled")]
    [InlineData("redis: {enabled: false}", "externalRedis.host")]
    [InlineData("autoscaling: {enabled: true, source: prometheus}", "autoscaling.prometheusAddress")]
    [InlineData("autoscaling: {minReplicas: 11}", "autoscaling.minReplicas")]
    [InlineData("storage: {folder: /var/farm}", "/var/farm")]
    [InlineData("storage: {folder: /farm}", "storage.mountPath itself")]
    [InlineData("autoscaling: {enabled: true, source: prometheus, prometheusAddress: 'http://p:9090'}", "metrics.serviceMonitor.enabled")]
    [InlineData("workers: {cpu: {extraArgs: ['--listen=0.0.0.0:80']}}", "--listen=0.0.0.0:80 is said by a value of its own")]
    [InlineData("externalRedis: {host: other}", "redis.enabled is true")]
    [InlineData("{redis: {enabled: false}, externalRedis: {host: other, existingSecret: more}}", "set one of them")]
    [InlineData("redisObjects: {maxMemoryMib: 1000}", "redis.maxMemoryMib is 704")]
    [InlineData("ingress: {enabled: true, host: '*.example', tlsSecret: tls}", "publicUrl")]
    [InlineData("coordinator: {resources: {requests: {memory: 5Gi}}}", "requests.memory is 5Gi, more than limits.memory 4Gi")]
    [InlineData("batch: {jobs: [{name: a, plate: /plates/a.tif, alpha: /farm/a.png}]}", "plate /plates/a.tif lies below none")]
    [InlineData("batch: {jobs: [{name: a, plate: /farm/a.tif, alpha: /home/a.png}]}", "alpha /home/a.png lies below none")]
    [InlineData("batch: {jobs: [{name: a, plate: /farm/a.tif, alpha: /farm/a.tif}]}", "own file")]
    [InlineData("storage: {roots: [/farms/plates]}", "/farms/plates")]
    [InlineData("storage: {mountPath: /tmp, folder: /tmp/m}", "hidden by /tmp")]
    [InlineData("storage: {mountPath: /var, folder: /var/m}", "hidden by /var/cache/matting")]
    [InlineData("storage: {folder: /farm/../m}", "lead elsewhere")]
    [InlineData("redis: {maxMemoryMib: 2000}", "redis.resources.limits.memory, 1Gi")]
    [InlineData("coordinator: {resources: {limits: {memory: 1073741824}}}", "requests.memory is 2Gi, more than limits.memory")]
    [InlineData("batch: {jobs: [{name: a, plate: /farm/a.tif, alpha: /farm/a.png}, {name: a, plate: /farm/b.tif, alpha: /farm/b.png}]}", "same name")]
    public void What_does_not_go_together_is_refused_with_a_sentence(string yaml, string words)
    {
        var said = WithFile(yaml, file => ChartTools.Render("-f", file));
        Assert.NotEqual(0, said.Code);
        Assert.Contains(words, said.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ingress: {enabled: true}", "MATTING_SERVER=http://matting.example ", "MATTING_SERVER=http://127.0.0.1:7700")]
    [InlineData("ingress: {enabled: false}", "MATTING_SERVER=http://127.0.0.1:7700 ", "MATTING_SERVER=http://matting.example")]
    public void The_notes_name_the_address_that_they_open(string yaml, string says, string saysNot)
    {
        var notes = WithFile(yaml, file => ChartTools.Render("-f", file, "--show-notes")).Output;
        Assert.Contains(says, notes, StringComparison.Ordinal);
        Assert.DoesNotContain(saysNot, notes, StringComparison.Ordinal);
    }

    // The chart's own schema, and the subchart's for what it is given.
    private static Dictionary<string, string[]> Check(IEnumerable<KeyValuePair<string, JsonObject>> values)
    {
        var all = values.ToArray();
        var own = ChartTools.Errors(Schema, all.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode)pair.Value)));
        var below = ChartTools.Errors(RedisSchema, all.Where(pair => pair.Value["redis"] is not null).Select(pair => KeyValuePair.Create(pair.Key, pair.Value["redis"]!)));
        return own.ToDictionary(pair => pair.Key, pair => pair.Value.Concat(below.GetValueOrDefault(pair.Key) ?? []).ToArray());
    }

    private static T WithFile<T>(string yaml, Func<string, T> use)
    {
        using var scratch = new Scratch();
        return use(scratch.Write("values.yaml", yaml));
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
        if (path.Split('.')[^1] is not ("resources" or "affinity")) Assert.Equal(known, said.Where(key => !(path == "redis" && key == "enabled" && !values.ContainsKey(key))));
        foreach (var key in known.Where(key => values[key] is JsonObject && listed[key] is JsonObject))
            Compare(path.Length == 0 ? key : $"{path}.{key}", whole, listed[key]!.AsObject(), values[key]!.AsObject(), []);
    }
}
