using System.Globalization;

namespace DistributedMatting.Web.Load;

/// <summary>What the service held at one moment.</summary>
/// <param name="Seconds">Since the run began.</param>
/// <param name="Mib">Memory of its process.</param>
/// <param name="Events">Events that watchers had been told by then, all together.</param>
internal sealed record MemorySample(double Seconds, double Mib, long Events);

/// <summary>What came of a run.</summary>
internal sealed record LoadReport
{
    public required int Jobs { get; init; }

    public required int Ended { get; init; }

    public required int RunTwice { get; init; }

    public required int Watchers { get; init; }

    /// <summary>Watchers that saw the end of every job.</summary>
    public required int SawAll { get; init; }

    /// <summary>Changes of progress that the jobs told.</summary>
    public required int Changes { get; init; }

    /// <summary>Events that watchers were told, all together.</summary>
    public required long Events { get; init; }

    public required TimeSpan Submitting { get; init; }

    public required TimeSpan Total { get; init; }

    /// <summary>Milliseconds of status queries.</summary>
    public required IReadOnlyList<double> Queries { get; init; }

    /// <summary>The service's memory, over the run.</summary>
    public required IReadOnlyList<MemorySample> Memory { get; init; }

    public bool IsGood => Ended == Jobs && RunTwice == 0 && SawAll == Watchers;

    public IEnumerable<string> Lines()
    {
        yield return Format($"{Jobs} jobs submitted in {Submitting.TotalSeconds:0.0} s, ended in {Total.TotalSeconds:0.0} s: {Jobs - Ended} lost, {RunTwice} run twice");
        yield return Format($"{Watchers} watchers: {Events} events in all, {SawAll} saw every job end");
        yield return Format($"{Queries.Count} status queries: median {At(0.5):0.0} ms, 99th percentile {At(0.99):0.0} ms, longest {At(1):0.0} ms");
        if (Memory.Count < 10) yield break;
        var tenth = Memory.Count / 10;
        yield return Format($"{Changes} changes of progress; memory of the service, MiB: {Mean(Memory.Skip(tenth).Take(tenth)):0} in the second tenth of the run, {Mean(Memory.TakeLast(tenth)):0} in the last, {Memory.Max(sample => sample.Mib):0} at most");
    }

    private static double Mean(IEnumerable<MemorySample> samples) => samples.Average(sample => sample.Mib);

    private double At(double share)
    {
        var sorted = Queries.Order().ToArray();
        return sorted.Length == 0 ? 0 : sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
    }

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
