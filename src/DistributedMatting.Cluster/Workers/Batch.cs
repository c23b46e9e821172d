using DistributedMatting.Cluster.Scheduling;

namespace DistributedMatting.Cluster.Workers;

/// <summary>What has become of a lease's patches so far. One thread adds, another reads.</summary>
internal sealed class Batch
{
    private readonly Lock _gate = new();
    private readonly List<int> _done = [];
    private readonly List<PatchFailure> _failed = [];
    private int _told;

    /// <summary>Patches done.</summary>
    public int[] Done
    {
        get
        {
            lock (_gate) return [.. _done];
        }
    }

    /// <summary>Patches that failed.</summary>
    public PatchFailure[] Failed
    {
        get
        {
            lock (_gate) return [.. _failed];
        }
    }

    /// <summary>Patches done since this was last asked.</summary>
    public int[] TakeNews()
    {
        lock (_gate)
        {
            var news = _done[_told..].ToArray();
            _told = _done.Count;
            return news;
        }
    }

    public void Add(int patch)
    {
        lock (_gate) _done.Add(patch);
    }

    public void Fail(PatchFailure failure)
    {
        lock (_gate) _failed.Add(failure);
    }
}
