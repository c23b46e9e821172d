using System.Globalization;
using DistributedMatting.Core;

namespace DistributedMatting.Cluster.Jobs;

/// <summary>
/// Counts how often what was made is not found again: once is a damaged disk, for a few seconds a network file system that
/// is slow to tell; again and again is a folder that is not shared.
/// </summary>
/// <param name="what">A result, in words: "patch", "band".</param>
/// <param name="folder">Where it should be.</param>
/// <param name="clock">Whose time counts.</param>
internal sealed class LostResults(string what, string folder, TimeProvider clock)
{
    /// <summary>Times that a result is made again, however long that takes.</summary>
    public const int Most = 5;

    /// <summary>Time for which it is made again, however often that is. A network file system tells within a minute.</summary>
    public static readonly TimeSpan For = TimeSpan.FromSeconds(90);

    private readonly Dictionary<int, (int Times, long Since)> _lost = [];

    /// <summary>Takes note of results that were made and are not there.</summary>
    /// <exception cref="InvalidInputException">One of them has been lost too often.</exception>
    public void Note(IReadOnlyList<int> missing)
    {
        foreach (var one in missing)
        {
            var (times, since) = _lost[one] = _lost.TryGetValue(one, out var before) ? (before.Times + 1, before.Since) : (1, clock.GetTimestamp());
            if (times <= Most || clock.GetElapsedTime(since) < For) continue;
            throw new InvalidInputException(string.Create(CultureInfo.InvariantCulture,
                $"{what} {one} was made {times} times and not found again in {folder}; is it one folder on all silos, and its disk whole? Then retry the job"));
        }
    }
}
