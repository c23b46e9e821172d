using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace DistributedMatting.Core.Jobs.Telemetry;

/// <summary>
/// What an engine tells whoever measures it. The names are a contract with dashboards and alerts: instruments are added,
/// not renamed. Telling costs next to nothing while nobody listens.
/// </summary>
public static class MattingTelemetry
{
    /// <summary>The name of the meter and of the traces' source.</summary>
    public const string Name = "DistributedMatting";

    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> PatchesDone = Meter.CreateCounter<long>("matting.patches", "{patch}", "Patches that went through a stage: encode, matte.");

    private static readonly Histogram<double> Inference = Meter.CreateHistogram(
        "matting.inference.duration", "s", "One call of the network, by its part: encode, matte.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] });

    private static readonly Counter<long> Cache = Meter.CreateCounter<long>("matting.cache.lookups", "{lookup}", "Activations asked for when a query is matted, by result: hit, miss (the patch is encoded again).");

    private static readonly Counter<long> Jobs = Meter.CreateCounter<long>("matting.attempts", "{attempt}", "Attempts at jobs that have ended, by outcome: succeeded, failed (wrong input), bug, stopped.");

    /// <summary>Traces: a span for each attempt at a job, and one in it for each stage.</summary>
    public static ActivitySource Traces { get; } = new(Name);

    /// <summary>A call of the network for one patch has ended.</summary>
    /// <param name="stage">Encode or Matte.</param>
    /// <param name="began">What <see cref="Stopwatch.GetTimestamp"/> said before it.</param>
    public static void Inferred(MattingStage stage, long began)
    {
        var tag = new KeyValuePair<string, object?>("stage", Word(stage));
        Inference.Record(Stopwatch.GetElapsedTime(began).TotalSeconds, tag);
        PatchesDone.Add(1, tag);
    }

    /// <summary>A query's activations were in the cache, or were not.</summary>
    public static void LookedUp(bool hit) => Cache.Add(1, new KeyValuePair<string, object?>("result", hit ? "hit" : "miss"));

    /// <summary>An attempt at a job has ended.</summary>
    /// <param name="outcome">succeeded, failed, bug or stopped.</param>
    public static void Attempted(string outcome) => Jobs.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    /// <summary>Begins a stage's span; null while nobody listens.</summary>
    public static Activity? Begin(MattingStage stage) => Traces.StartActivity(Word(stage));

    private static string Word(MattingStage stage) => stage switch
    {
        MattingStage.Encode => "encode",
        MattingStage.Matte => "matte",
        _ => stage.ToString().ToLowerInvariant(),
    };
}
