using System.Text.Json.Nodes;
using DistributedMatting.Deploy.Tests.Support;

namespace DistributedMatting.Deploy.Tests.Chart;

/// <summary>What the chart makes, against the schemas of those who read it and against itself.</summary>
public sealed class ObjectTests
{
    [Theory, MemberData(nameof(Rendered.Sets), MemberType = typeof(Rendered))]
    public void Every_object_is_what_its_schema_says(string set)
    {
        Assert.Empty(Rendered.Errors(set));
        Assert.True(Rendered.Objects(set).Length >= 10, $"{set} has only {Rendered.Objects(set).Length} objects");
    }

    [Fact]
    public void The_check_finds_what_is_wrong()
    {
        using var scratch = new Scratch();
        var file = scratch.Write("wrong.yaml", """
            {apiVersion: v1, kind: Service, metadata: {name: one}, spec: {selectors: {a: b}, ports: [{port: 1}]}}
            ---
            {apiVersion: v1, kind: Service, metadata: {name: two}, spec: {ports: [{port: many}]}}
            ---
            {apiVersion: keda.sh/v1alpha1, kind: ScaledObject, metadata: {name: three}, spec: {triggers: []}}
            ---
            {apiVersion: v2, kind: Nothing, metadata: {name: four}}
            """);
        var errors = ChartTools.Objects(file)[file]!["errors"]!.AsArray().Select(error => (string)error!).ToList();
        foreach (var name in (string[])["Service one", "Service two", "ScaledObject three", "Nothing four"])
            Assert.Contains(errors, error => error.StartsWith(name + ":", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Rendered.Sets), MemberType = typeof(Rendered))]
    public void No_two_objects_have_one_name(string set)
    {
        var names = Rendered.Objects(set).Select(Rendered.Name).ToList();
        Assert.Equal(names.Distinct(), names);
        Assert.All(Rendered.Objects(set), one => Assert.True(((string)one["metadata"]!["name"]!).Length <= 63, Rendered.Name(one)));
    }

    [Theory, MemberData(nameof(Rendered.Sets), MemberType = typeof(Rendered))]
    public void Every_selector_finds_the_pods_it_is_for(string set)
    {
        var pods = Rendered.Pods(set).Select(pod => (pod.Owner, Labels: pod.Template["metadata"]!["labels"]!.AsObject())).ToArray();
        foreach (var one in Rendered.Objects(set))
        {
            var (selector, isOwn) = (string)one["kind"]! switch
            {
                "Service" => (one["spec"]!["selector"], false),
                "NetworkPolicy" => (one["spec"]!["podSelector"]!["matchLabels"], false),
                "PodDisruptionBudget" => (one["spec"]!["selector"]!["matchLabels"], false),
                "Deployment" or "StatefulSet" => (one["spec"]!["selector"]!["matchLabels"], true),
                _ => (null, false),
            };
            if (selector is null) continue;
            var found = pods.Where(pod => Matches(selector, pod.Labels)).Select(pod => pod.Owner).ToList();
            Assert.True(found.Count > 0, $"{Rendered.Name(one)} selects no pod");
            if (isOwn) Assert.Equal([Rendered.Name(one)], found);
        }
    }

    [Theory, MemberData(nameof(Rendered.Sets), MemberType = typeof(Rendered))]
    public void What_is_named_elsewhere_is_there(string set)
    {
        var services = Rendered.Objects(set, "Service");
        foreach (var monitor in Rendered.Objects(set, "ServiceMonitor"))
        {
            var found = services.Where(service => Matches(monitor["spec"]!["selector"]!["matchLabels"]!, service["metadata"]!["labels"]!.AsObject())).ToList();
            var service = Assert.Single(found);
            Assert.Contains(service["spec"]!["ports"]!.AsArray(), port => (string?)port!["name"] == (string?)monitor["spec"]!["endpoints"]![0]!["port"]);
        }

        foreach (var scaled in Rendered.Objects(set, "ScaledObject"))
        {
            var target = Assert.Single(Rendered.Objects(set, "Deployment"), one => (string)one["metadata"]!["name"]! == (string)scaled["spec"]!["scaleTargetRef"]!["name"]!);
            Assert.Null(target["spec"]!["replicas"]); // or every upgrade would undo what KEDA did
            if ((string)scaled["spec"]!["triggers"]![0]!["type"]! == "prometheus") continue;
            Assert.Contains(Rendered.Objects(set, "TriggerAuthentication"), one => (string)one["metadata"]!["name"]! == (string)scaled["spec"]!["triggers"]![0]!["authenticationRef"]!["name"]!);
            Assert.Contains(services, service => ((string)scaled["spec"]!["triggers"]![0]!["metadata"]!["url"]!).StartsWith($"http://{service["metadata"]!["name"]}.studio.svc:{service["spec"]!["ports"]![0]!["port"]}/", StringComparison.Ordinal));
        }

        foreach (var (owner, pod) in Rendered.Pods(set))
        {
            var volumes = pod["spec"]!["volumes"]?.AsArray().Select(volume => (string)volume!["name"]!).ToHashSet() ?? [];
            foreach (var mount in pod["spec"]!["containers"]![0]!["volumeMounts"]!.AsArray().Where(mount => !owner.StartsWith("StatefulSet", StringComparison.Ordinal)))
                Assert.True(volumes.Contains((string)mount!["name"]!), $"{owner}: nothing is mounted as {mount["name"]}");
        }
    }

    [Theory, MemberData(nameof(Rendered.Sets), MemberType = typeof(Rendered))]
    public void Every_pod_is_nobodys_and_changes_nothing_of_its_image(string set)
    {
        foreach (var (owner, pod) in Rendered.Pods(set))
        {
            Assert.True((bool?)pod["spec"]!["securityContext"]!["runAsNonRoot"] == true, owner);
            Assert.True((bool?)pod["spec"]!["automountServiceAccountToken"] == false, owner);
            foreach (var container in pod["spec"]!["containers"]!.AsArray())
            {
                var security = container!["securityContext"]!;
                Assert.True((bool?)security["readOnlyRootFilesystem"] == true && (bool?)security["allowPrivilegeEscalation"] == false, owner);
                Assert.Equal("ALL", (string)security["capabilities"]!["drop"]![0]!);
                Assert.NotNull(container["resources"]!["limits"]!["memory"]);
                // No shell: our images have none.
                if (!((string)container["image"]!).StartsWith("redis:", StringComparison.Ordinal)) Assert.DoesNotContain("sh", ((string)container["command"]![0]!).Split('/'));
            }
        }
    }

    [Theory, MemberData(nameof(Rendered.Sets), MemberType = typeof(Rendered))]
    public void Silos_have_longer_to_end_than_they_need(string set)
    {
        foreach (var silo in Rendered.Objects(set, "Deployment"))
            Assert.True((int)silo["spec"]!["template"]!["spec"]!["terminationGracePeriodSeconds"]! > 60, Rendered.Name(silo));
    }

    [Theory, MemberData(nameof(Rendered.Sets), MemberType = typeof(Rendered))]
    public void Workers_on_GPUs_are_replaced_within_the_GPUs_that_there_are(string set)
    {
        foreach (var silo in Rendered.Objects(set, "Deployment").Where(one => one.ToJsonString().Contains("nvidia.com/gpu\":1", StringComparison.Ordinal)))
            Assert.Equal((0, 1), ((int)silo["spec"]!["strategy"]!["rollingUpdate"]!["maxSurge"]!, (int)silo["spec"]!["strategy"]!["rollingUpdate"]!["maxUnavailable"]!));
        Assert.Equal(set is "gpu" or "scale-to-zero", Rendered.Objects(set, "Deployment").Any(one => one["spec"]!["strategy"] is not null));
    }

    [Theory, InlineData("cpu"), InlineData("prometheus")]
    public void Browsers_may_log_in_through_a_TLS_Ingress(string set)
    {
        var host = (string)Assert.Single(Rendered.Objects(set, "Ingress"))["spec"]!["rules"]![0]!["host"]!;
        Assert.EndsWith("studio.example", host, StringComparison.Ordinal);
        foreach (var silo in Rendered.Objects(set, "Deployment"))
            Assert.Contains("--public-url=https://matting.studio.example", silo["spec"]!["template"]!["spec"]!["containers"]![0]!["args"]!.AsArray().Select(word => (string)word!));
    }

    [Theory, MemberData(nameof(Rendered.Sets), MemberType = typeof(Rendered))]
    public void What_silos_keep_for_themselves_goes_with_their_pod(string set)
    {
        foreach (var silo in Rendered.Objects(set, "Deployment"))
        {
            var pod = silo["spec"]!["template"]!["spec"]!;
            var folder = Assert.Single(pod["containers"]![0]!["args"]!.AsArray().Select(word => (string)word!), word => word.StartsWith("--pictures=", StringComparison.Ordinal))["--pictures=".Length..];
            var mount = Assert.Single(pod["containers"]![0]!["volumeMounts"]!.AsArray(), mount => (string)mount!["mountPath"]! == folder)!;
            Assert.NotNull(Assert.Single(pod["volumes"]!.AsArray(), volume => (string)volume!["name"]! == (string)mount["name"]!)!["emptyDir"]);
        }
    }

    [Theory, MemberData(nameof(Rendered.Sets), MemberType = typeof(Rendered))]
    public void Silos_are_told_alike_what_they_keep_in_Redis(string set)
    {
        var told = Rendered.Objects(set, "Deployment").Select(silo => string.Join(' ', silo["spec"]!["template"]!["spec"]!["containers"]![0]!["args"]!.AsArray()
            .Select(word => (string)word!).Where(word => word.StartsWith("--redis-objects-kib=", StringComparison.Ordinal) || word.StartsWith("--redis-memory-mib=", StringComparison.Ordinal)))).Distinct();
        Assert.Equal("--redis-objects-kib=64 --redis-memory-mib=256", Assert.Single(told));
        Assert.All(Rendered.Objects(set, "StatefulSet"), redis => Assert.Contains("--maxmemory", redis["spec"]!["template"]!["spec"]!["containers"]![0]!["args"]!.AsArray().Select(word => (string)word!)));
    }

    [Fact]
    public void A_batch_job_gives_up_where_asking_again_mends_nothing()
    {
        var jobs = Rendered.Objects("gpu", "Job");
        Assert.Equal(2, jobs.Length);
        Assert.Equal(2, jobs.Select(job => Token(job)).Distinct().Count());
        foreach (var job in jobs)
        {
            Assert.Equal("Never", (string)job["spec"]!["template"]!["spec"]!["restartPolicy"]!);
            var rule = job["spec"]!["podFailurePolicy"]!["rules"]![0]!;
            Assert.Equal("FailJob", (string)rule["action"]!);
            Assert.Equal([2, 3, 4], rule["onExitCodes"]!["values"]!.AsArray().Select(code => (int)code!));
        }

        static string Token(JsonNode job) => Assert.Single(job["spec"]!["template"]!["spec"]!["containers"]![0]!["args"]!.AsArray().Select(word => (string)word!), word => word.StartsWith("--token=", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Rendered.Sets), MemberType = typeof(Rendered))]
    public void Helm_itself_makes_the_same(string set)
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, "helm"))), "Helm is not installed");
        var said = Words.Of(null, "helm", ["template", "farm", Repository.Chart, "-n", "studio", .. Rendered.Words(set)]);
        Assert.True(said.Code == 0, said.Error);
        using var scratch = new Scratch();
        var file = scratch.Write("helm.yaml", said.Output);
        var helms = ChartTools.Objects(file)[file]!["objects"]!.AsArray().ToDictionary(one => Rendered.Name(one!));
        Assert.Equal(Rendered.Objects(set).Select(Rendered.Name).Order(), helms.Keys.Order());
        Assert.All(Rendered.Objects(set), one => Assert.True(JsonNode.DeepEquals(one, helms[Rendered.Name(one)]), Rendered.Name(one)));
    }

    private static bool Matches(JsonNode selector, JsonObject labels) =>
        selector.AsObject().All(pair => (string?)labels[pair.Key] == (string?)pair.Value);
}
