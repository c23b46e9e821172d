using System.Globalization;

namespace DistributedMatting.Chaos.Measuring;

/// <summary>How long calls took.</summary>
internal sealed class Times
{
    private readonly List<double> _milliseconds = [];

    public int Count
    {
        get
        {
            lock (_milliseconds) return _milliseconds.Count;
        }
    }

    public static double Median(IReadOnlyCollection<double> values) => values.Order().Skip((values.Count - 1) / 2).Take(2 - (values.Count % 2)).Average();

    public async Task<T> Of<T>(Func<Task<T>> call)
    {
        var began = TimeProvider.System.GetTimestamp();
        var answer = await call();
        lock (_milliseconds) _milliseconds.Add(TimeProvider.System.GetElapsedTime(began).TotalMilliseconds);
        return answer;
    }

    public override string ToString()
    {
        double[] sorted;
        lock (_milliseconds) sorted = [.. _milliseconds.Order()];
        if (sorted.Length == 0) return "none";
        double At(double share) => sorted[(int)(share * (sorted.Length - 1))];
        return string.Create(CultureInfo.InvariantCulture, $"median {At(0.5):0.0} ms, 99th percentile {At(0.99):0.0} ms, most {sorted[^1]:0.0} ms, of {sorted.Length}");
    }
}
