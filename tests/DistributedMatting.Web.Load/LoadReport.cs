using System.Globalization;

namespace DistributedMatting.Web.Load;

/// <summary>What came of a run.</summary>
internal sealed record LoadReport
{
    public required int Jobs { get; init; }

    public required int Ended { get; init; }

    public required int RunTwice { get; init; }

    public required int Watchers { get; init; }

    /// <summary>Watchers that saw the end of every job.</summary>
    public required int SawAll { get; init; }

    public required long Events { get; init; }

    public required TimeSpan Submitting { get; init; }

    public required TimeSpan Total { get; init; }

    /// <summary>Milliseconds of status queries.</summary>
    public required IReadOnlyList<double> Queries { get; init; }

    /// <summary>The service's memory in MiB, over the run.</summary>
    public required IReadOnlyList<double> Memory { get; init; }

    public bool IsGood => Ended == Jobs && RunTwice == 0 && SawAll == Watchers;

    public IEnumerable<string> Lines()
    {
        yield return Format($"{Jobs} jobs submitted in {Submitting.TotalSeconds:0.0} s, ended in {Total.TotalSeconds:0.0} s: {Jobs - Ended} lost, {RunTwice} run twice");
        yield return Format($"{Watchers} watchers: {Events} events in all, {SawAll} saw every job end");
        yield return Format($"{Queries.Count} status queries: median {At(0.5):0.0} ms, 99th percentile {At(0.99):0.0} ms, longest {At(1):0.0} ms");
        // Twenty samples, evenly over the run.
        var curve = Enumerable.Range(0, Math.Min(20, Memory.Count)).Select(i => Memory[i * (Memory.Count - 1) / Math.Max(1, Math.Min(20, Memory.Count) - 1)]);
        yield return $"memory of the service, MiB: {string.Join(' ', curve.Select(mib => mib.ToString("0", CultureInfo.InvariantCulture)))}";
    }

    private double At(double share)
    {
        var sorted = Queries.Order().ToArray();
        return sorted.Length == 0 ? 0 : sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
    }

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
