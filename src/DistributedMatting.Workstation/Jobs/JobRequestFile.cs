using DistributedMatting.Core.Jobs;

namespace DistributedMatting.Workstation.Jobs;

/// <summary>request.json: what the job's alpha depends on, for people and for the next run.</summary>
/// <param name="Key">The job's key, hexadecimal.</param>
/// <param name="DependsOn">What the key was made of.</param>
/// <param name="FormatVersion">Of the job folder.</param>
internal sealed record JobRequestFile(string Key, JobKey DependsOn, int FormatVersion);
