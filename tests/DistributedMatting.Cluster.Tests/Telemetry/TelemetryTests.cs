using DistributedMatting.Chaos.Farm;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Silo.Hosting;

namespace DistributedMatting.Cluster.Tests.Telemetry;

/// <summary>What a farm sends to a collector.</summary>
public sealed class TelemetryTests : FarmTest
{
    [Fact]
    public async Task Job_IsOneTrace_ThroughAllSilos_AndMetricsTellTheRole()
    {
        await using var collector = await Collector.StartAsync();
        await using var farm = await TestFarm.StartAsync(
            choices => choices with { PatchMilliseconds = 20, Collector = collector.Address, DeadAfter = 15 },
            [
                new SiloChoices { Name = "desk", Roles = SiloRoles.Coordinator, Workers = 0 },
                new SiloChoices { Name = "atlas", Roles = SiloRoles.Worker },
                new SiloChoices { Name = "borealis", Roles = SiloRoles.Worker },
            ]);
        await Wait.UntilAsync("two workers are warm", TimeSpan.FromMinutes(1), async () =>
            (await farm.Service.Workers.ListAsync(Cancel)).Count(worker => worker.State == Core.Jobs.Service.Workers.WorkerState.Idle) == 2);
        var id = (await farm.Service.SubmitAsync(TestPlates.Write(farm.Root, "plate", 403, 297, 3), Cancel)).Job.Id;
        Assert.Equal(JobState.Succeeded, (await farm.EndAsync(id, TimeSpan.FromMinutes(2))).State);
        // What is left to send is sent when a silo goes.
        foreach (var silo in farm.Silos) silo.Signal("TERM");
        foreach (var silo in farm.Silos) await silo.EndAsync(TimeSpan.FromMinutes(1));

        var spans = collector.Spans.Where(span => span.Trace == $"{id}{id}").ToArray();
        string[] desk = [.. spans.Where(span => span.Silo == "desk").Select(span => span.Name).Distinct()];
        Assert.Superset(new HashSet<string> { "submit", "job", "ingest", "TilingGrain", "ContextGrain", "StitcherGrain", "JoinGrain" }, desk.ToHashSet());
        foreach (var worker in new[] { "atlas", "borealis" })
            Assert.Superset(new HashSet<string> { "encode batch", "matte batch" }, spans.Where(span => span.Silo == worker).Select(span => span.Name).ToHashSet());
        var byName = spans.ToLookup(span => span.Id);
        var tiling = spans.First(span => span.Name == "TilingGrain");
        Assert.NotEmpty(byName[tiling.Parent]);
        Assert.All(spans, span => Assert.Equal(span.Silo == "desk" ? "coordinator" : "worker", span.Role));

        Assert.Contains(("matting.patches", "worker"), collector.Metrics);
        Assert.Contains(("matting.attempts", "coordinator"), collector.Metrics);
        Assert.DoesNotContain(("matting.patches", "coordinator"), collector.Metrics);
    }
}
