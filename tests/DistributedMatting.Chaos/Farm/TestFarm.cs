using DistributedMatting.Client;
using DistributedMatting.Cluster.Farm;
using DistributedMatting.Cluster.Stages;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Silo.Hosting;
using DistributedMatting.Workstation.Objects;

namespace DistributedMatting.Chaos.Farm;

/// <summary>A farm of real processes on this machine, in a folder of its own.</summary>
public sealed class TestFarm : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private TestFarm(string folder, Func<FarmChoices, FarmChoices> choose, CutNetwork? network)
    {
        (Root, Network) = (folder, network);
        Redis = new RedisServer(Path.Combine(folder, "redis"), network is null ? "127.0.0.1" : CutNetwork.Near);
        Choices = choose(new FarmChoices { Folder = Path.Combine(folder, "shared"), Redis = Redis.Connection });
    }

    /// <summary>Where a silo can be cut off; null: all is on loopback.</summary>
    public CutNetwork? Network { get; }

    public string Root { get; }

    public RedisServer Redis { get; }

    public FarmChoices Choices { get; }

    public List<ChildProcess> Silos { get; } = [];

    public FarmClient Client { get; private set; } = null!;

    public IMattingService Service => Client.Service;

    /// <summary>Starts Redis and some silos, and waits until all are up.</summary>
    public static Task<TestFarm> StartAsync(int silos, string? model = null, int patchMilliseconds = 0, int workers = 1) =>
        StartAsync(choices => choices with { Model = model, PatchMilliseconds = patchMilliseconds }, Alike(silos, workers));

    /// <summary>Starts Redis and some silos, and waits until all are up.</summary>
    public static async Task<TestFarm> StartAsync(Func<FarmChoices, FarmChoices> choose, IReadOnlyList<SiloChoices> silos, CutNetwork? network = null)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"matting-farm-{Guid.NewGuid():N}");
        Directory.CreateDirectory(folder);
        var farm = new TestFarm(folder, choose, network);
        try
        {
            await farm.BeginAsync(silos);
            return farm;
        }
        catch
        {
            await farm.DisposeAsync();
            throw;
        }
    }

    /// <summary>So many silos that differ in nothing but their ports.</summary>
    public static SiloChoices[] Alike(int silos, int workers = 1) => [.. Enumerable.Range(0, silos).Select(_ => new SiloChoices { Workers = workers })];

    /// <summary>Kills everything, and starts it again with a Redis that knows nothing: the full restart of docs/operations.md.</summary>
    public async Task RestartWithoutRedisDataAsync(int silos)
    {
        foreach (var silo in Silos) silo.Kill();
        Redis.Forget();
        await CloseClientAsync();
        await BeginAsync(Alike(silos));
    }

    /// <summary>Adds a silo, and waits until it is up.</summary>
    public Task<ChildProcess> AddAsync(int workers = 1, SiloRoles roles = SiloRoles.All) => AddAsync(new SiloChoices { Workers = workers, Roles = roles });

    /// <summary>Adds a silo, and waits until it is up.</summary>
    /// <param name="self">What is its own.</param>
    /// <param name="far">Whether it is the one that can be cut off.</param>
    public async Task<ChildProcess> AddAsync(SiloChoices self, bool far = false)
    {
        ChildProcess silo;
        if (Network is not null) self = self with { Address = far ? CutNetwork.Far : CutNetwork.Near };
        lock (Silos) Silos.Add(silo = SiloProcess.Start(Choices, self, far ? Network!.FarAway : []));
        await Wait.UntilAsync("a silo is up", Patience, () => silo.HasEnded || silo.Said.Contains(SiloProcess.Up, StringComparison.Ordinal), () => silo.Said);
        return silo.HasEnded ? throw new InvalidOperationException($"a silo ended with {silo.ExitCode}: {silo.Said}") : silo;
    }

    public async Task<JobStatus> EndAsync(JobId id, TimeSpan within, int milliseconds = 50)
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
            await Task.Delay(milliseconds);
        }
        while (TimeProvider.System.GetElapsedTime(began) < within);
        throw new TimeoutException($"job {id} has not ended within {within}: it is {job?.State}, {string.Join(", ", job?.Stages.Select(stage => $"{stage.Stage} {stage.Done}/{stage.Total}") ?? [])}\n{Said()}");
    }

    /// <summary>How often each result was noted as committed, of a job's key: once, if nothing went wrong.</summary>
    public IReadOnlyDictionary<(string Stage, int Patch), int> Commits(string key) =>
        Directory.EnumerateFiles(Path.Combine(Choices.Folder, "work", key, CommitLog.FolderName)).SelectMany(File.ReadLines)
            .Select(line => line.Split('\t'))
            .GroupBy(parts => (parts[0], int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture)))
            .ToDictionary(group => group.Key, group => group.Count());

    /// <summary>How many patches of a job's key are matted. A silo that is killed between the two has committed what it has not noted.</summary>
    public int Matted(string key) => new FolderPatchLedger(Path.Combine(Choices.Folder, "work")).Committed(key, StageNames.Matte).Count;

    public string Said() => string.Join('\n', Silos.Select(silo => $"--- silo {silo.Id}{(silo.HasEnded ? " (ended)" : "")}\n{string.Join('\n', silo.Said.Split('\n').TakeLast(15))}"));

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in Silos) silo.Dispose();
        await CloseClientAsync();
        Redis.Dispose();
        Directory.Delete(Root, recursive: true);
    }

    private async Task BeginAsync(IReadOnlyList<SiloChoices> silos)
    {
        await Redis.StartAsync();
        await Task.WhenAll(silos.Select(silo => AddAsync(silo)));
        using var limit = new CancellationTokenSource(Patience);
        Client = await FarmClient.ConnectAsync(Choices.Redis, new SiloOptions().Cluster, limit.Token);
    }

    private async Task CloseClientAsync()
    {
        if (Client is null) return;
        try
        {
            await Client.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));
        }
        catch (Exception)
        {
            // Its farm is gone; it need not say goodbye.
        }
    }
}
