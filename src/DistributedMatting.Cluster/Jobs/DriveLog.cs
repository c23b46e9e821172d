using DistributedMatting.Core.Jobs.Service;
using Microsoft.Extensions.Logging;

namespace DistributedMatting.Cluster.Jobs;

/// <summary>What an operator reads of a job's way.</summary>
internal static partial class DriveLog
{
    [LoggerMessage(1, LogLevel.Warning, "job {Job}: a stage is tried again: {Problem}")]
    public static partial void Again(ILogger log, JobId job, string problem);

    [LoggerMessage(2, LogLevel.Error, "job {Job} failed: {Error}")]
    public static partial void Failed(ILogger log, JobId job, string error);

    [LoggerMessage(3, LogLevel.Warning, "job {Job} was interrupted, and goes on in a moment")]
    public static partial void Interrupted(ILogger log, JobId job, Exception error);
}
