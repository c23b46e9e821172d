using DistributedMatting.Core.Jobs.Service;

namespace DistributedMatting.Workstation.Service;

/// <summary>job.json: all that must survive of a job.</summary>
/// <param name="Format">Raised when the file changes its meaning.</param>
/// <param name="Number">Its place in the order of submission.</param>
/// <param name="Job">The job after its last change of state; progress in between is not written.</param>
internal sealed record QueueFile(int Format, long Number, JobStatus Job)
{
    public const int CurrentFormat = 1;
}
