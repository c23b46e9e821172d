using DistributedMatting.Core;
using DistributedMatting.Core.Jobs.Service;

namespace DistributedMatting.Cluster.Jobs;

/// <summary>A job as it stands, or why not: what a person did wrong is an answer, not a broken call.</summary>
/// <param name="Status">A <see cref="JobStatus"/> as JSON; null where there is nothing (new) to tell.</param>
/// <param name="Refusal">Why it was refused.</param>
/// <param name="Message">The refusal in one line.</param>
/// <param name="IsNew">Of a submission: whether the job is new.</param>
[GenerateSerializer, Immutable, Alias("matting.JobAnswer")]
public sealed record JobAnswer(
    [property: Id(0)] string? Status, [property: Id(1)] Refusal Refusal = Refusal.None, [property: Id(2)] string? Message = null,
    [property: Id(3)] bool IsNew = false)
{
    /// <summary>A job as it stands.</summary>
    public static JobAnswer Of(JobStatus status, bool isNew = false) => new(Wire.Write(status), IsNew: isNew);

    /// <summary>Runs something that may be refused.</summary>
    public static async Task<JobAnswer> Try(Func<Task<JobAnswer>> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        try
        {
            return await work();
        }
        catch (InvalidInputException error)
        {
            return new JobAnswer(null, Refusal.Input, error.Message);
        }
        catch (JobConflictException error)
        {
            return new JobAnswer(null, Refusal.Conflict, error.Message);
        }
        catch (JobNotFoundException error)
        {
            return new JobAnswer(null, Refusal.NotFound, error.Message);
        }
    }

    /// <summary>The job, or the refusal as the exception that <see cref="IMattingService"/> promises.</summary>
    public JobStatus? Open(JobId id) => Refusal switch
    {
        Refusal.None => Status is null ? null : Wire.Read<JobStatus>(Status),
        Refusal.Input => throw new InvalidInputException(Message!),
        Refusal.Conflict => throw new JobConflictException(Message!),
        _ => throw new JobNotFoundException(id),
    };
}

/// <summary>Why something was refused.</summary>
public enum Refusal
{
    /// <summary>It was not.</summary>
    None,

    /// <summary>A field or file will not do.</summary>
    Input,

    /// <summary>It does not go with the job's state.</summary>
    Conflict,

    /// <summary>There is no such job.</summary>
    NotFound,
}
