namespace DistributedMatting.Core.Scheduling;

public sealed partial class PatchScheduler
{
    /// <summary>A worker has done some of its patches; the lease lives on while others are left.</summary>
    /// <returns>False if the lease is not its own any more: it should drop what is left.</returns>
    public bool Done(long token, IReadOnlyCollection<int> patches)
    {
        ArgumentNullException.ThrowIfNull(patches);
        if (Find(token) is not { } held) return false;
        Done(held, patches);
        Progress(held);
        return true;
    }

    /// <summary>A patch is done, by whatever way its job came to know.</summary>
    public void Done(string job, string stage, int patch)
    {
        if (_rounds.TryGetValue(job, out var round) && round.Round.Stage == stage) round.Done(patch);
    }

    /// <summary>A worker's last word on its lease: what it has done and what failed; the rest comes back.</summary>
    /// <param name="token">Of the lease.</param>
    /// <param name="done">Indexes in the grid.</param>
    /// <param name="failed">Indexes in the grid, and what went wrong, in one line.</param>
    /// <returns>False if the lease is not its own any more.</returns>
    public bool Answer(long token, IReadOnlyCollection<int> done, IEnumerable<(int Patch, string Error)> failed)
    {
        ArgumentNullException.ThrowIfNull(done);
        ArgumentNullException.ThrowIfNull(failed);
        if (Find(token) is not { } held) return false;
        foreach (var (patch, error) in failed) Fail(held, patch, error);
        Done(held, done);
        GiveBack(held);
        return true;
    }

    /// <summary>A worker gives back what it has not done: it drains, or another silo's work is nearer.</summary>
    public bool GiveBack(long token)
    {
        if (Find(token) is not { } held) return false;
        GiveBack(held);
        return true;
    }

    /// <summary>A worker says that a patch failed; the rest of its lease goes on.</summary>
    /// <param name="token">Of the lease.</param>
    /// <param name="patch">Index in the grid.</param>
    /// <param name="error">What went wrong, in one line.</param>
    /// <returns>False if the lease is not its own any more.</returns>
    public bool Fail(long token, int patch, string error)
    {
        if (Find(token) is not { } held) return false;
        Fail(held, patch, error);
        Progress(held);
        return true;
    }

    /// <summary>Takes away the leases that have made no progress for too long. Call it every second or so.</summary>
    /// <returns>How many there were.</returns>
    public int Expire()
    {
        var now = _clock.GetTimestamp();
        return Lose(held => _clock.GetElapsedTime(held.ProgressAt, now) >= _options.NoProgress, "made no progress");
    }

    /// <summary>Takes away the leases of workers on silos that are gone.</summary>
    /// <returns>How many there were.</returns>
    public int Keep(IReadOnlySet<string> silos)
    {
        _workers.Keep(silos);
        foreach (var (worker, held) in _withdrawn.Where(held => !silos.Contains(held.Value.Worker.Silo)).ToArray()) _withdrawn.Remove(worker);
        return Lose(held => !silos.Contains(held.Worker.Silo), "was lost with its silo");
    }

    /// <summary>Takes away whatever a worker holds: it has started anew and knows nothing of it.</summary>
    public int Lose(string worker)
    {
        _withdrawn.Remove(worker);
        _workers.Forget(worker);
        return Lose(held => held.Worker.Worker == worker, "started anew");
    }

    private void Done(Held held, IReadOnlyCollection<int> patches)
    {
        foreach (var patch in patches.Where(held.Left.Remove))
        {
            _rounds[held.Lease.Job].Done(patch);
            _workers.Good(held.Worker.Worker);
        }
    }

    private void Fail(Held held, int patch, string error)
    {
        if (!held.Left.Remove(patch)) return;
        _workers.Bad(held.Worker.Worker);
        Note(held.Lease, patch, trouble => trouble with
        {
            FailedOn = [.. trouble.FailedOn, held.Worker.Worker],
            FailedAt = new HashSet<string>(trouble.FailedAt) { held.Worker.Silo },
            Error = error,
            At = _clock.GetTimestamp(),
        });
    }

    private void GiveBack(Held held)
    {
        foreach (var patch in held.Left) _rounds[held.Lease.Job].GiveBack(patch);
        _leases.Remove(held.Lease.Token);
    }

    private int Lose(Func<Held, bool> isLost, string why)
    {
        var lost = _leases.Values.Where(isLost).ToArray();
        foreach (var held in lost)
        {
            _leases.Remove(held.Lease.Token);
            LeasesLost++;
            var error = $"worker {held.Worker.Worker} {why}";
            // Only the patch that it was at can have brought it down; the others come back untouched.
            var at = held.Left.Count > 0 ? held.Left.Min() : -1;
            foreach (var patch in held.Left)
            {
                if (patch == at)
                    Note(held.Lease, patch, trouble => trouble with { Lost = trouble.Lost + 1, Error = error, At = _clock.GetTimestamp() });
                else _rounds[held.Lease.Job].GiveBack(patch);
            }
        }
        return lost.Length;
    }

    private void Note(PatchLease lease, int patch, Func<Trouble, Trouble> note)
    {
        var trouble = _rounds[lease.Job].Fail(patch, note, IsPoison);
        if (trouble.IsPoison) _poison.Add(new PoisonPatch(lease.Job, lease.Stage, patch, trouble.Error, [.. trouble.FailedOn.Distinct()], trouble.FailedAt.Count, trouble.FailedOn.Count));
    }

    // Two workers of one silo share its disk, its driver and its network's files: they say no more than one does.
    private bool IsPoison(Trouble trouble) => trouble.Lost >= _options.MaxLost
        || trouble.FailedAt.Count >= _options.MaxFailures
        || trouble.FailedOn.Count >= _options.MaxFailures && !IsElsewhere(trouble);

    private void Progress(Held held)
    {
        // Its lease may be so long that it has not asked for more lately.
        _workers.Ask(held.Worker);
        if (held.Left.Count == 0) _leases.Remove(held.Lease.Token);
        else _leases[held.Lease.Token] = held with { ProgressAt = _clock.GetTimestamp() };
    }

    private Held? Find(long token)
    {
        if (_leases.TryGetValue(token, out var held)) return held;
        // A job knows of its last patches before their worker has answered here. Nobody was too slow.
        if (_withdrawn.Values.FirstOrDefault(gone => gone.Lease.Token == token) is { } ended) _withdrawn.Remove(ended.Worker.Worker);
        else StaleAnswers++;
        return null;
    }
}
