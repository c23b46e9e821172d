using DistributedMatting.Core.Stitching;

namespace DistributedMatting.Cluster.Jobs;

/// <summary>
/// The bands of a plate, each stitched once its patches are there, and joined to the alpha once all above it are. What is
/// not joined when the last is stitched is left to whoever finishes the alpha.
/// </summary>
/// <param name="bands">Of the plate, top to bottom.</param>
/// <param name="stitch">Stitches one; gives the patches that were not there.</param>
/// <param name="join">Joins so many from the top; false where one of them has gone since, which whoever finishes the alpha will hear of.</param>
internal sealed class BandsAtWork(IReadOnlyList<PlateBand> bands, Func<int, Task<IReadOnlyList<int>>> stitch, Func<int, Task<bool>> join)
{
    private readonly Dictionary<int, Task<IReadOnlyList<int>>> _atWork = [];
    private readonly HashSet<int> _done = [];
    private Task<bool>? _joining;
    private bool _hasGone;
    private int _joined;

    /// <summary>Whether all are stitched, and nothing is in work.</summary>
    public bool AreDone => AreStitched && _joining is not { IsCompleted: false };

    /// <summary>Ends when something that is in work ends; never if nothing is.</summary>
    public Task Any => Task.WhenAny([.. _atWork.Values, _joining ?? Task.Delay(Timeout.Infinite)]);

    private bool AreStitched => _done.Count == bands.Count;

    /// <summary>Begins with those whose patches are all there.</summary>
    /// <param name="left">Patches that are not.</param>
    public void Begin(IReadOnlySet<int> left)
    {
        for (var number = 0; number < bands.Count; number++)
        {
            if (_done.Contains(number) || _atWork.ContainsKey(number)) continue;
            var (first, end) = (bands[number].Patches.Start.Value, bands[number].Patches.End.Value);
            if (!left.Any(patch => patch >= first && patch < end)) _atWork.Add(number, stitch(number));
        }
    }

    /// <summary>Begins to join what is there from the top, one call at a time.</summary>
    public async Task Join()
    {
        if (_joining is { IsCompleted: false }) return;
        if (_joining is not null) _hasGone |= !await _joining;
        _joining = null;
        var there = Enumerable.Range(0, bands.Count).TakeWhile(_done.Contains).Count();
        if (AreStitched || _hasGone || there == _joined) return;
        _joined = there;
        _joining = join(there);
    }

    /// <summary>Takes note of those that have ended; gives the patches that they did not find.</summary>
    public async Task<IReadOnlyList<int>> Collect()
    {
        var missing = new List<int>();
        foreach (var (number, work) in _atWork.Where(entry => entry.Value.IsCompleted).ToArray())
        {
            _atWork.Remove(number);
            var lacking = await work;
            if (lacking.Count == 0) _done.Add(number);
            else missing.AddRange(lacking);
        }
        return missing;
    }
}
