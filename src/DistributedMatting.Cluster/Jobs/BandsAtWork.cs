using DistributedMatting.Core.Stitching;

namespace DistributedMatting.Cluster.Jobs;

/// <summary>The bands of a plate, each stitched once its patches are there.</summary>
internal sealed class BandsAtWork(IReadOnlyList<PlateBand> bands, Func<int, Task<IReadOnlyList<int>>> stitch)
{
    private readonly Dictionary<int, Task<IReadOnlyList<int>>> _atWork = [];
    private readonly HashSet<int> _done = [];

    /// <summary>Whether all are stitched.</summary>
    public bool AreDone => _done.Count == bands.Count;

    /// <summary>Ends when one of those at work ends; never if none is.</summary>
    public Task Any => _atWork.Count > 0 ? Task.WhenAny(_atWork.Values) : Task.Delay(Timeout.Infinite);

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
