using DistributedMatting.Core;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Web.Access.Callers;
using DistributedMatting.Web.Access.Limits;
using DistributedMatting.Web.Errors;
using DistributedMatting.Web.Uploads;
using Microsoft.AspNetCore.Http;

namespace DistributedMatting.Web.Access;

/// <summary>What stands between a client's submission and the service: who it is for, where its files may be, how many.</summary>
internal sealed class Submissions(PathRoots roots, ProjectQuotas quotas, IMattingService service, UploadedFiles? uploads = null)
{
    /// <exception cref="InvalidInputException">A field or path will not do.</exception>
    /// <exception cref="RefusedException">The caller may not ask for this.</exception>
    /// <exception cref="JobConflictException">The project's quota is reached, or the token belongs to another submission.</exception>
    public async Task<JobReceipt> SubmitAsync(JobSubmission submission, Caller caller, CancellationToken cancellation)
    {
        submission = OfCaller(submission, caller);
        using var held = uploads is null ? null : await uploads.HoldAsync(submission, cancellation);
        return await quotas.SubmitAsync(Placed(submission, caller), cancellation);
    }

    /// <summary>Forgets a job and the uploads that were for it alone.</summary>
    public async Task DeleteAsync(JobId id, CancellationToken cancellation)
    {
        var job = await service.StatusAsync(id, cancellation);
        await service.DeleteAsync(id, cancellation);
        if (uploads is not null) await uploads.ReleaseAsync(job.Submission, cancellation);
    }

    /// <exception cref="RefusedException">It is higher than the caller may ask for.</exception>
    public static void RequirePriority(Caller caller, int priority)
    {
        if (caller.Role == Role.Operator || priority <= JobLimits.StandardPriority) return;
        throw new RefusedException(StatusCodes.Status403Forbidden, $"'{caller.Name}' may ask for a priority of up to {JobLimits.StandardPriority}; only an operator gives a higher one");
    }

    /// <exception cref="RefusedException">It is somebody else's.</exception>
    public static void RequireComment(Caller caller, JobStatus job)
    {
        if (caller.MayComment(job)) return;
        throw new RefusedException(StatusCodes.Status403Forbidden, $"the comment of job {job.Id} is by '{job.CommentedBy}'; its author or an operator can change it");
    }

    private static JobSubmission OfCaller(JobSubmission submission, Caller caller)
    {
        if (submission is null) throw new InvalidInputException("the body is null; it must be a submission");
        RequirePriority(caller, submission.Priority);
        if (caller != Caller.Local) submission = submission with { User = caller.Name };
        if (caller.Projects is not { } projects || projects.Contains(submission.Project, StringComparer.Ordinal)) return submission;
        if (submission.Project is "" && projects is [var only]) return submission with { Project = only };
        throw new RefusedException(StatusCodes.Status403Forbidden, $"'{caller.Name}' submits to {string.Join(", ", projects)} only; name one of these as the project");
    }

    private JobSubmission Placed(JobSubmission submission, Caller caller)
    {
        submission = submission with
        {
            Name = submission.Name is "" && uploads?.NameOf(submission.Plate, caller) is { } name ? name : submission.Name,
            Plate = Place("plate", submission.Plate),
            Trimap = submission.Trimap is { } trimap ? Place("trimap", trimap) : null,
            Alpha = submission.Alpha is "" && uploads?.AlphaFor(submission) is { } alpha ? alpha : roots.Resolve("alpha", submission.Alpha),
        };
        submission.Validate();
        return submission;

        string Place(string field, string path) => uploads?.DataOf(field, path, caller) ?? roots.Resolve(field, path);
    }
}
