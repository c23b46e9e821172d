namespace DistributedMatting.Core.Jobs.Service;

/// <summary>The answer to a submission.</summary>
/// <param name="Job">The job as it stands.</param>
/// <param name="IsNew">False where the token was known: the job was there already.</param>
public sealed record JobReceipt(JobStatus Job, bool IsNew);
