using System.Globalization;

namespace DistributedMatting.Web.Load;

/// <summary>How long queries took, in milliseconds.</summary>
internal sealed record Times(int Count, double Median, double Percentile99, double Longest)
{
    public static Times Of(IEnumerable<double> milliseconds)
    {
        var sorted = milliseconds.Order().ToArray();
        return sorted.Length == 0 ? new Times(0, 0, 0, 0) : new Times(sorted.Length, At(0.5), At(0.99), sorted[^1]);

        double At(double share) => sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
    }

    /// <summary>What <see cref="ToLine"/> gave.</summary>
    public static Times Parse(string line)
    {
        var parts = line.Split(' ').Select(part => double.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        return new Times((int)parts[0], parts[1], parts[2], parts[3]);
    }

    public string ToLine() => string.Create(CultureInfo.InvariantCulture, $"{Count} {Median} {Percentile99} {Longest}");

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Count} status queries: median {Median:0.0} ms, 99th percentile {Percentile99:0.0} ms, longest {Longest:0.0} ms");
}
