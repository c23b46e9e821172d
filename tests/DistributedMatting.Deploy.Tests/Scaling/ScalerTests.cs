using System.Globalization;
using System.Text.Json.Nodes;
using DistributedMatting.Deploy.Tests.Chart;
using DistributedMatting.Deploy.Tests.Support;
using DistributedMatting.Workstation.Testing;

namespace DistributedMatting.Deploy.Tests.Scaling;

/// <summary>The chart's trigger against a real queue: KEDA's arithmetic over the answer of /metrics.</summary>
public sealed class ScalerTests
{
    [Fact]
    public async Task Workers_grow_with_what_is_pending_and_fall_to_none()
    {
        var scaled = Assert.Single(Rendered.Objects("scale-to-zero", "ScaledObject"))["spec"]!;
        var release = new TaskCompletionSource();
        var engine = new FakeEngine { Unknown = _ => 60_000_000 };
        engine.Work = async (order, observer, cancellation) =>
        {
            observer.Counted(60_000_000);
            await release.Task.WaitAsync(cancellation);
        };
        await using var service = await Service.StartAsync(engine);

        await UntilAsync(service, scaled, 0, "before anything is submitted");
        await service.SubmitAsync("a");
        await UntilAsync(service, scaled, 2, "with 60 megapixels, 50 a worker");
        foreach (var name in (string[])["b", "c"]) await service.SubmitAsync(name);
        await UntilAsync(service, scaled, 4, "with 180 megapixels");
        foreach (var name in (string[])["d", "e", "f", "g", "h"]) await service.SubmitAsync(name);
        await UntilAsync(service, scaled, 8, "with 480 megapixels, more than 8 workers' worth");
        release.SetResult();
        await UntilAsync(service, scaled, 0, "when all is done");
    }

    [Fact]
    public async Task The_answer_is_for_who_has_the_viewers_key()
    {
        await using var service = await Service.StartAsync(new FakeEngine());
        using var answer = await service.GetAsync("/metrics", key: null);
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private static async Task UntilAsync(Service service, JsonNode scaled, int expected, string when)
    {
        // Slower than a caller may ask, so that a busy machine is waited for.
        for (var (tries, seen) = (0, -1); seen != expected; tries++)
        {
            Assert.True(tries < 4000, $"{when}, {expected} workers were expected; {seen} are asked for");
            if (tries > 0) await Task.Delay(20, TestContext.Current.CancellationToken);
            seen = await AskAsync(service, scaled);
        }
    }

    // As KEDA and the autoscaler do: none unless the value is above the activation, else value over target, rounded up.
    private static async Task<int> AskAsync(Service service, JsonNode scaled)
    {
        var trigger = scaled["triggers"]![0]!["metadata"]!;
        Assert.Equal(("prometheus", "bearer"), ((string)trigger["format"]!, (string)trigger["authMode"]!));
        using var answer = await service.GetAsync(new Uri((string)trigger["url"]!).AbsolutePath, service.ViewerKey);
        answer.EnsureSuccessStatusCode();
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var series = (string)trigger["valueLocation"]!;
        var line = Assert.Single(page.Split('\n'), line => line.StartsWith(series + " ", StringComparison.Ordinal) || line.StartsWith(series + "{", StringComparison.Ordinal));
        var value = Number(line.Split(' ')[^1]);
        if (value <= Number((string)trigger["activationTargetValue"]!)) return (int)scaled["minReplicaCount"]!;
        return Math.Clamp((int)Math.Ceiling(value / Number((string)trigger["targetValue"]!)), Math.Max(1, (int)scaled["minReplicaCount"]!), (int)scaled["maxReplicaCount"]!);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
