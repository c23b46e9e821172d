using System.Diagnostics;
using System.Runtime.InteropServices;
using DistributedMatting.Cluster.Farm;
using DistributedMatting.Cluster.Stages;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Jobs.Telemetry;
using DistributedMatting.Core.Networks;
using DistributedMatting.Core.Storage;
using DistributedMatting.Workstation.Stages;

namespace DistributedMatting.Cluster.Workers;

/// <summary>What a worker does, on whatever thread it is called: patches to results, results to the ledger.</summary>
internal sealed class PatchWorker(
    string name, IMattingNetwork network, FarmFolder folder, ActivationMemory activations, Action<string> done) : IDisposable
{
    // A worker goes back and forth between jobs that share the farm; a plate's priors take some 20 MB.
    private const int RoomsKept = 2;

    private const int TokensKept = 32;

    private const int TimedPatches = 3;

    private readonly LinkedList<OpenPlate> _plates = new();

    /// <summary>One patch of everything, so that the first real one is as fast as the next; then some more, on time.</summary>
    /// <returns>Patches encoded and matted a second, as in the fastest of them: a machine that starts is busy with other things too.</returns>
    public double WarmUp()
    {
        Try();
        var seconds = Enumerable.Range(0, TimedPatches).Min(_ =>
        {
            var began = Stopwatch.GetTimestamp();
            Try();
            return Stopwatch.GetElapsedTime(began).TotalSeconds;
        });
        return 1 / Math.Max(1e-6, seconds);
    }

    /// <summary>Makes a patch's result, unless it is in the ledger.</summary>
    /// <param name="job">Whose plate it is.</param>
    /// <param name="key">Of the results, as the job knows its plate.</param>
    /// <param name="stage">Encode or matte.</param>
    /// <param name="patch">Index in the grid.</param>
    /// <returns>Sees to it that the result is in the ledger, on whatever thread.</returns>
    /// <exception cref="RankingMissingException">Nothing is wrong with the patch: its plate must be ranked again.</exception>
    /// <exception cref="IOException">The plate that lies here is not the one that was leased, or cannot be read.</exception>
    public Action Make(string job, string key, string stage, int patch)
    {
        var plate = Open(job, key);
        try
        {
            var identity = new PatchIdentity(plate.Key, stage, patch);
            byte[][] results = folder.Ledger.Find(identity) is not null ? [] : stage == StageNames.Encode ? Encode(plate, patch) : Matte(plate, patch);
            return () =>
            {
                var isFirst = results.Length > 0 && folder.Ledger.TryCommit(identity, [.. results.Select(result => plate.Objects.Put(result))]);
                if (isFirst) folder.Log(identity.Key, stage, patch, name);
                done(stage);
            };
        }
        catch
        {
            Close(job);
            throw;
        }
    }

    /// <summary>Closes a job's plate: its files may have been replaced by others of the same name, and the next try opens them anew.</summary>
    public void Close(string job)
    {
        if (_plates.FirstOrDefault(plate => plate.Job == job) is { } plate) Close(plate);
    }

    public void Dispose()
    {
        foreach (var plate in _plates) plate.Dispose();
        network.Dispose();
    }

    private void Try()
    {
        var shape = network.Shape;
        var encoded = network.Encode(new float[shape.InputChannels * shape.Patch * shape.Patch]);
        network.Matte(encoded.Activations, [encoded.Tokens], new float[shape.Patch * shape.Patch]);
    }

    private byte[][] Encode(OpenPlate plate, int patch)
    {
        var encoded = plate.Runner.Encode(patch, activations.Spare(network.Shape.ActivationBytes));
        if (!activations.TryKeep(plate.Key, patch, encoded.Activations)) activations.Free(encoded.Activations);
        var sums = new float[encoded.QuerySum.Length + encoded.ContextSum.Length];
        encoded.QuerySum.CopyTo(sums, 0);
        encoded.ContextSum.CopyTo(sums, encoded.QuerySum.Length);
        return [MemoryMarshal.AsBytes(sums.AsSpan()).ToArray(), encoded.Tokens];
    }

    private byte[][] Matte(OpenPlate plate, int patch)
    {
        var contexts = plate.Contexts(patch).Select(plate.Tokens.Of).ToArray();
        var kept = activations.Take(plate.Key, patch);
        MattingTelemetry.LookedUp(hit: kept is not null);
        var own = kept ?? plate.Runner.Encode(patch, activations.Spare(network.Shape.ActivationBytes)).Activations;
        var began = Stopwatch.GetTimestamp();
        var alpha = MemoryMarshal.AsBytes(plate.Runner.Matte(patch, own, contexts)).ToArray();
        MattingTelemetry.Inferred(MattingStage.Matte, began);
        activations.Free(own);
        return [alpha];
    }

    // A job that was cancelled and tried again may have another plate under the same name.
    private OpenPlate Open(string job, string key)
    {
        if (_plates.FirstOrDefault(plate => plate.Job == job) is { } known)
        {
            if (known.Key == key) return known;
            Close(known);
        }
        var opened = new OpenPlate(job, network, folder);
        if (opened.Key != key)
        {
            opened.Dispose();
            throw new IOException($"the plate in {folder.Plate(job)} is not the one that this patch is of; does this silo see the shared folder as the others do?");
        }
        _plates.AddFirst(opened);
        if (_plates.Count > RoomsKept) Close(_plates.Last!.Value);
        return opened;
    }

    private void Close(OpenPlate plate)
    {
        _plates.Remove(plate);
        plate.Dispose();
    }

    private sealed class OpenPlate : IDisposable
    {
        private readonly PlateRoom _room;
        private readonly FarmFolder _folder;
        private Dictionary<int, IReadOnlyList<int>>? _contexts;

        public OpenPlate(string job, IMattingNetwork network, FarmFolder folder)
        {
            (Job, _folder) = (job, folder);
            _room = PlateRoom.Open(folder.Plate(job));
            Runner = new PatchRunner(network, _room);
            Objects = folder.Objects(Key);
            Tokens = new RecentTokens(TokensKept, FindTokens);
        }

        public string Job { get; }

        public string Key => _room.Manifest.Key;

        public PatchRunner Runner { get; }

        public IObjectStore Objects { get; }

        public RecentTokens Tokens { get; }

        public IReadOnlyList<int> Contexts(int patch)
        {
            if (_room.Manifest.Contexts == 0) return [];
            _contexts ??= Ranking();
            return _contexts[patch];
        }

        public void Dispose()
        {
            Runner.Dispose();
            _room.Dispose();
        }

        // Tokens that are lost or damaged are made again: they are the same.
        private ReadOnlyMemory<byte> FindTokens(int patch)
        {
            if (_folder.Ledger.Find(new PatchIdentity(Key, StageNames.Encode, patch)) is [_, var address] && Objects.Find(address) is { } tokens) return tokens;
            var made = Runner.Encode(patch).Tokens;
            Objects.Put(made);
            return made;
        }

        private Dictionary<int, IReadOnlyList<int>> Ranking()
        {
            var entry = _folder.Ledger.Find(new PatchIdentity(Key, StageNames.Rank, 0));
            var bytes = Objects.Find(entry?[0] ?? default) ?? throw new RankingMissingException();
            return RankingBytes.Read(bytes).ToDictionary(query => query.QueryPatch, query => query.Patches);
        }
    }
}
