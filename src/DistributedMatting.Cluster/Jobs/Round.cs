namespace DistributedMatting.Cluster.Jobs;

/// <summary>The patches of a stage that are not in the ledger yet.</summary>
internal sealed class Round(string key, string stage, int[] patches, IReadOnlyList<int> done)
{
    private TaskCompletionSource _changed = NewSignal();

    public string Key => key;

    public string Stage => stage;

    /// <summary>Whether patches wait for the plate to be ranked again.</summary>
    public bool HasLostRanking { get; private set; }

    public HashSet<int> Left { get; } = [.. patches.Except(done)];

    public Dictionary<int, string> Homes { get; } = [];

    /// <summary>Whether the scheduler should hear of it once more.</summary>
    public bool IsNew { get; set; } = true;

    public Task Changed => _changed.Task;

    public void Committed(string of, int[] committed, string home)
    {
        if (of != stage) return;
        foreach (var patch in committed)
        {
            Left.Remove(patch);
            if (home.Length > 0) Homes[patch] = home;
        }
        Signal();
    }

    /// <summary>What the ledger says; what nobody told of is no longer to be given out.</summary>
    public void Found(IReadOnlyList<int> committed)
    {
        var before = Left.Count;
        Left.ExceptWith(committed);
        if (Left.Count < before) IsNew = true;
    }

    /// <summary>Results that are lost or damaged: they are made again.</summary>
    public void Again(IReadOnlyList<int> missing)
    {
        if (missing.Count == 0) return;
        Left.UnionWith(missing);
        IsNew = true;
    }

    public void LoseRanking()
    {
        HasLostRanking = true;
        Signal();
    }

    public void Reoffer()
    {
        IsNew = true;
        Signal();
    }

    private void Signal()
    {
        var changed = _changed;
        _changed = NewSignal();
        changed.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
