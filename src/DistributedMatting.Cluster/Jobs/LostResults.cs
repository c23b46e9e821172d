using System.Globalization;
using DistributedMatting.Core;

namespace DistributedMatting.Cluster.Jobs;

/// <summary>Counts how often what was made is not found again: once is a damaged disk, again and again is one that is not shared.</summary>
/// <param name="what">A result, in words: "patch", "band".</param>
/// <param name="folder">Where it should be.</param>
internal sealed class LostResults(string what, string folder)
{
    /// <summary>Most times that a result is made again.</summary>
    public const int Most = 5;

    private readonly Dictionary<int, int> _times = [];

    /// <summary>Takes note of results that were made and are not there.</summary>
    /// <exception cref="InvalidInputException">One of them has been lost too often.</exception>
    public void Note(IReadOnlyList<int> missing)
    {
        foreach (var one in missing)
        {
            var times = _times[one] = _times.GetValueOrDefault(one) + 1;
            if (times <= Most) continue;
            throw new InvalidInputException(string.Create(CultureInfo.InvariantCulture,
                $"{what} {one} was made {times} times and not found again in {folder}; is it one folder on all silos, and its disk whole? Then retry the job"));
        }
    }
}
