using System.Diagnostics;
using DistributedMatting.Core.Jobs.Telemetry;

namespace DistributedMatting.Cluster.Jobs;

/// <summary>
/// One trace a job, whatever silos work on it and die of it: its name is the job's, twice, so that nobody need hand it on,
/// and who knows the job finds its trace.
/// </summary>
internal static class JobTrace
{
    /// <summary>Begins a span of a job; null while nobody listens.</summary>
    /// <param name="name">Of the span.</param>
    /// <param name="job">16 hexadecimal digits.</param>
    public static Activity? Begin(string name, string job)
    {
        var trace = ActivityTraceId.CreateFromString(job + job);
        // Where nothing of it goes on here its root is the job itself, which nobody sends.
        var parent = Activity.Current is { } current && current.TraceId == trace
            ? current.Context
            : new ActivityContext(trace, ActivitySpanId.CreateFromString(job), ActivityTraceFlags.Recorded, isRemote: true);
        return MattingTelemetry.Traces.StartActivity(name, ActivityKind.Internal, parent)?.SetTag("matting.job", job);
    }
}
