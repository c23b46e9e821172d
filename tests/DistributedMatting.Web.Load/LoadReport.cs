using System.Globalization;

namespace DistributedMatting.Web.Load;

/// <summary>What the service held at one moment.</summary>
/// <param name="Seconds">Since the run began.</param>
/// <param name="Mib">Memory of its process.</param>
/// <param name="Events">Events that watchers had been told by then, all together.</param>
internal sealed record MemorySample(double Seconds, double Mib, long Events);

/// <summary>A status query.</summary>
/// <param name="At">When it was asked, since the run began.</param>
/// <param name="Milliseconds">How long the answer took.</param>
internal sealed record Query(TimeSpan At, double Milliseconds);

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

    /// <summary>Status queries as those who asked saw them.</summary>
    public required IReadOnlyList<Query> Queries { get; init; }

    /// <summary>The same inside the service.</summary>
    public required Times Inside { get; init; }

    /// <summary>Seconds of all cores.</summary>
    public required (double Service, double Watchers, double Clients) Cpu { get; init; }

    /// <summary>The service's memory, over the run.</summary>
    public required IReadOnlyList<MemorySample> Memory { get; init; }

    public bool IsGood => Ended == Jobs && RunTwice == 0 && SawAll == Watchers;

    public IEnumerable<string> Lines()
    {
        yield return Format($"{Jobs} jobs submitted in {Submitting.TotalSeconds:0.0} s, ended in {Total.TotalSeconds:0.0} s: {Jobs - Ended} lost, {RunTwice} run twice");
        yield return Format($"{Watchers} watchers: {Events} events in all, {SawAll} saw every job end");
        yield return $"asked from outside, {Times.Of(Queries.Select(query => query.Milliseconds))}";
        yield return $"  while jobs were submitted, {Times.Of(Queries.Where(query => query.At < Submitting).Select(query => query.Milliseconds))}";
        yield return $"inside the service, {Inside}";
        yield return Format($"CPU: service {Cpu.Service:0.0} s, watchers {Cpu.Watchers:0.0} s, other clients {Cpu.Clients:0.0} s");
        if (Memory.Count < 10) yield break;
        var tenth = Memory.Count / 10;
        yield return Format($"{Changes} changes of progress; memory of the service, MiB: {Mean(Memory.Skip(tenth).Take(tenth)):0} in the second tenth of the run, {Mean(Memory.TakeLast(tenth)):0} in the last, {Memory.Max(sample => sample.Mib):0} at most");
    }

    /// <summary>Status queries by the second in which they were asked.</summary>
    public IEnumerable<string> Timeline() => Queries.GroupBy(query => (int)query.At.TotalSeconds).OrderBy(second => second.Key)
        .Select(second => Format($"{second.Key,4} s: ") + Times.Of(second.Select(query => query.Milliseconds)));

    private static double Mean(IEnumerable<MemorySample> samples) => samples.Average(sample => sample.Mib);

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
