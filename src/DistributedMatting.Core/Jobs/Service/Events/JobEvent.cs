namespace DistributedMatting.Core.Jobs.Service.Events;

/// <summary>Something that happened to a service's jobs.</summary>
/// <param name="Number">Rises over the whole service, and over its restarts; a watcher who comes back names the last that it saw.</param>
public abstract record JobEvent(long Number);

/// <summary>How things stand; comes first to a watcher who has seen nothing, or too long ago, and to one who is too slow.</summary>
/// <param name="Number">All that came up to this number is in it.</param>
/// <param name="Jobs">The newest <see cref="JobLimits.MaxPage"/> jobs, and how many there are.</param>
public sealed record JobSnapshot(long Number, JobPage Jobs) : JobEvent(Number);

/// <summary>A job has changed, or is new.</summary>
/// <param name="Number">Its status's version.</param>
/// <param name="Job">As it stands now.</param>
public sealed record JobChanged(long Number, JobStatus Job) : JobEvent(Number);

/// <summary>A job has been deleted.</summary>
/// <param name="Number">As of any event.</param>
/// <param name="Id">Which.</param>
/// <param name="Project">The project that it belonged to: others are not told.</param>
public sealed record JobDeleted(long Number, JobId Id, string Project) : JobEvent(Number);
