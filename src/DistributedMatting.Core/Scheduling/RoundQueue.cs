namespace DistributedMatting.Core.Scheduling;

/// <summary>One round's patches: which wait, for whom, and what became of earlier tries.</summary>
internal sealed class RoundQueue
{
    private readonly Dictionary<int, Trouble> _troubles = [];
    private readonly Dictionary<string, SortedSet<int>> _waitingAt = [];
    private readonly Dictionary<int, string> _homes = [];
    private readonly HashSet<int> _leased = [];

    public RoundQueue(PatchRound round) => Round = round;

    public PatchRound Round { get; private set; }

    public int Waiting { get; private set; }

    public int Leased => _leased.Count;

    /// <summary>
    /// Makes the patches that wait those of the offer. What is leased stays leased, so that an offer that crossed a
    /// lease on its way does not give the patch out twice.
    /// </summary>
    public void Update(PatchRound round)
    {
        Round = round;
        _waitingAt.Clear();
        Waiting = 0;
        foreach (var task in round.Patches)
        {
            _homes[task.Patch] = task.Home;
            if (!_leased.Contains(task.Patch) && !IsPoisoned(task.Patch)) Add(task.Patch);
        }
    }

    /// <summary>Takes patches for a worker: first those whose home it is, then those of nobody, then those of others.</summary>
    /// <param name="worker">Who asks.</param>
    /// <param name="mayTry">Whether this worker may try a patch that gave trouble.</param>
    public IReadOnlyList<int> Take(WorkerOffer worker, Func<Trouble, bool> mayTry)
    {
        var taken = new List<int>();
        if (!TakeFrom(worker.Silo, worker.Capacity, mayTry, taken) && worker.Silo.Length > 0)
            TakeFrom("", worker.Capacity, mayTry, taken);
        foreach (var (home, waiting) in taken.Count > 0 ? [] : Others(worker.Silo))
        {
            // Half of them: whoever holds what they need is about to ask for the rest.
            if (TakeFrom(home, Math.Min(worker.Capacity, (waiting + 1) / 2), mayTry, taken) || taken.Count > 0) break;
        }
        foreach (var patch in taken)
        {
            Remove(patch);
            _leased.Add(patch);
        }
        taken.Sort();
        return taken;
    }

    /// <summary>A patch is done, whoever did it.</summary>
    public void Done(int patch)
    {
        _leased.Remove(patch);
        Remove(patch);
        _troubles.Remove(patch);
        _homes.Remove(patch);
    }

    /// <summary>A leased patch comes back untouched.</summary>
    public void GiveBack(int patch)
    {
        if (_leased.Remove(patch)) Add(patch);
    }

    /// <summary>A leased patch failed; says what is known of it now. It waits again unless it is poisoned.</summary>
    public Trouble Fail(int patch, Func<Trouble, Trouble> note, Func<Trouble, bool> isPoison)
    {
        var trouble = note(_troubles.GetValueOrDefault(patch) ?? Trouble.None);
        var poison = isPoison(trouble);
        _troubles[patch] = trouble with { IsPoison = poison };
        if (_leased.Remove(patch) && !poison) Add(patch);
        return _troubles[patch];
    }

    private bool IsPoisoned(int patch) => _troubles.TryGetValue(patch, out var trouble) && trouble.IsPoison;

    // A patch that was lost before goes alone: if it takes its worker down, it takes no others with it.
    private bool TakeFrom(string home, int capacity, Func<Trouble, bool> mayTry, List<int> taken)
    {
        if (!_waitingAt.TryGetValue(home, out var waiting)) return false;
        foreach (var patch in waiting)
        {
            if (taken.Count == capacity) return true;
            if (!_troubles.TryGetValue(patch, out var trouble))
            {
                taken.Add(patch);
                continue;
            }
            if (taken.Count > 0 || !mayTry(trouble)) continue;
            taken.Add(patch);
            return true;
        }
        return false;
    }

    // Those first who have most left: they will be waited for longest.
    private (string Home, int Waiting)[] Others(string silo) =>
    [
        .. _waitingAt.Where(at => at.Key.Length > 0 && at.Key != silo)
            .OrderByDescending(at => at.Value.Count).ThenBy(at => at.Key, StringComparer.Ordinal)
            .Select(at => (at.Key, at.Value.Count)),
    ];

    private void Add(int patch)
    {
        var home = _homes.GetValueOrDefault(patch, "");
        if (!_waitingAt.TryGetValue(home, out var waiting)) _waitingAt[home] = waiting = [];
        if (waiting.Add(patch)) Waiting++;
    }

    private void Remove(int patch)
    {
        var home = _homes.GetValueOrDefault(patch, "");
        if (!_waitingAt.TryGetValue(home, out var waiting) || !waiting.Remove(patch)) return;
        Waiting--;
        if (waiting.Count == 0) _waitingAt.Remove(home);
    }
}
