using DistributedMatting.Client;
using DistributedMatting.Cluster.Farm;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Silo.Hosting;

namespace DistributedMatting.Chaos.Farm;

/// <summary>A farm of real processes on this machine, in a folder of its own.</summary>
public sealed class TestFarm : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private TestFarm(string folder, string? model, int patchMilliseconds)
    {
        Root = folder;
        Redis = new RedisServer(Path.Combine(folder, "redis"));
        Choices = new FarmChoices { Folder = Path.Combine(folder, "shared"), Redis = Redis.Connection, Model = model, PatchMilliseconds = patchMilliseconds };
    }

    public string Root { get; }

    public RedisServer Redis { get; }

    public FarmChoices Choices { get; }

    public List<ChildProcess> Silos { get; } = [];

    public FarmClient Client { get; private set; } = null!;

    public IMattingService Service => Client.Service;

    /// <summary>Starts Redis and some silos, and waits until all are up.</summary>
    public static async Task<TestFarm> StartAsync(int silos, string? model = null, int patchMilliseconds = 0, int workers = 1)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"matting-farm-{Guid.NewGuid():N}");
        Directory.CreateDirectory(folder);
        var farm = new TestFarm(folder, model, patchMilliseconds);
        await farm.Redis.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, silos).Select(_ => farm.AddAsync(workers)));
        using var limit = new CancellationTokenSource(Patience);
        farm.Client = await FarmClient.ConnectAsync(farm.Choices.Redis, new SiloOptions().Cluster, limit.Token);
        return farm;
    }

    /// <summary>Adds a silo, and waits until it is up.</summary>
    public async Task<ChildProcess> AddAsync(int workers = 1, SiloRoles roles = SiloRoles.All)
    {
        ChildProcess silo;
        lock (Silos) Silos.Add(silo = SiloProcess.Start(Choices, workers, roles));
        await Wait.UntilAsync($"a silo is up; it said: {silo.Said}", Patience, () => silo.HasEnded || silo.Said.Contains(SiloProcess.Up, StringComparison.Ordinal));
        return silo.HasEnded ? throw new InvalidOperationException($"a silo ended with {silo.ExitCode}: {silo.Said}") : silo;
    }

    public async Task<JobStatus> EndAsync(JobId id, TimeSpan within)
    {
        JobStatus? job = null;
        var began = TimeProvider.System.GetTimestamp();
        do
        {
            try
            {
                using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
                job = await Service.StatusAsync(id, limit.Token);
            }
            catch (Exception)
            {
                // The farm is not whole at the moment; what counts is how it ends.
            }
            if (job is not null && job.State.HasEnded()) return job;
            await Task.Delay(50);
        }
        while (TimeProvider.System.GetElapsedTime(began) < within);
        throw new TimeoutException($"job {id} has not ended within {within}: it is {job?.State}, {string.Join(", ", job?.Stages.Select(stage => $"{stage.Stage} {stage.Done}/{stage.Total}") ?? [])}\n{Said()}");
    }

    /// <summary>How often each result was committed, of a job's key: once, if nothing went wrong.</summary>
    public IReadOnlyDictionary<(string Stage, int Patch), int> Commits(string key) =>
        Directory.EnumerateFiles(Path.Combine(Choices.Folder, "work", key, CommitLog.FolderName)).SelectMany(File.ReadLines)
            .Select(line => line.Split('\t'))
            .GroupBy(parts => (parts[0], int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture)))
            .ToDictionary(group => group.Key, group => group.Count());

    public string Said() => string.Join('\n', Silos.Select(silo => $"--- silo {silo.Id}{(silo.HasEnded ? " (ended)" : "")}\n{string.Join('\n', silo.Said.Split('\n').TakeLast(15))}"));

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in Silos) silo.Dispose();
        if (Client is not null)
        {
            try
            {
                await Client.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));
            }
            catch (Exception)
            {
                // Its farm is gone; it need not say goodbye.
            }
        }
        Redis.Dispose();
        Directory.Delete(Root, recursive: true);
    }
}
