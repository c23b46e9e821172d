namespace DistributedMatting.Core.Storage;

/// <summary>
/// Which objects are the result of which work. An entry is made once and never changed: of two workers that did the
/// same, the first is the one that counts, and both learn which it was. Safe for many threads and processes.
/// </summary>
public interface IPatchLedger
{
    /// <summary>Enters a result, unless there is one.</summary>
    /// <param name="identity">What it is of.</param>
    /// <param name="objects">Where it is: 1 to <see cref="MaxObjects"/> addresses, in an order that the stage knows.</param>
    /// <returns>False where another was first.</returns>
    bool TryCommit(PatchIdentity identity, IReadOnlyList<ObjectAddress> objects);

    /// <summary>Where the result is, or null where there is none yet.</summary>
    IReadOnlyList<ObjectAddress>? Find(PatchIdentity identity);

    /// <summary>Takes an entry out whose objects are lost or damaged, so that the work can be done again.</summary>
    void Forget(PatchIdentity identity);

    /// <summary>The patches that have a result, ascending.</summary>
    IReadOnlyList<int> Committed(string key, string stage);

    /// <summary>Most addresses of an entry.</summary>
    public const int MaxObjects = 4;
}
