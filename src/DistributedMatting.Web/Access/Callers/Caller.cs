using System.Security.Claims;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Web.Access.Keys;
using DistributedMatting.Web.Errors;
using Microsoft.AspNetCore.Http;

namespace DistributedMatting.Web.Access.Callers;

/// <summary>Who sends a request.</summary>
/// <param name="Name">The key's name, the proxy's user, or "local".</param>
/// <param name="Role">What the caller may do.</param>
/// <param name="Projects">The only projects that the caller sees and submits to; null for all.</param>
/// <param name="Authentication">How it is known: "none", "key" or "proxy".</param>
internal sealed record Caller(string Name, Role Role, IReadOnlyList<string>? Projects, string Authentication)
{
    /// <summary>The hash of the key that let the caller in; null where none was asked for.</summary>
    public string? KeyHash { get; private init; }

    /// <summary>Whoever reaches a service that asks nobody.</summary>
    public static Caller Local { get; } = new("local", Role.Operator, null, "none");

    public static Caller Of(KeyEntry key) => new(key.Name, key.Role, key.Projects, "key") { KeyHash = key.Sha256 };

    /// <summary>The caller of a request that was let in.</summary>
    public static Caller Of(HttpContext context) =>
        (context.User.Identity as Identity)?.Caller ?? throw new RefusedException(StatusCodes.Status401Unauthorized, "it is not known who asks");

    /// <summary>Whether the job is one of the caller's projects'; others are not there for the caller.</summary>
    public bool Sees(JobStatus job) => Sees(job.Submission.Project);

    /// <summary>Whether the project is one of the caller's.</summary>
    public bool Sees(string project) => Projects is null || Projects.Contains(project, StringComparer.Ordinal);

    /// <summary>Whether the key, as the file has it now, still lets in a caller who may do and see the same.</summary>
    public bool IsStill(KeyEntry? key) =>
        key is not null && key.Role == Role && (key.Projects ?? []).SequenceEqual(Projects ?? [], StringComparer.Ordinal);

    /// <summary>Whether the caller may change the job.</summary>
    public bool Owns(JobStatus job) => Role == Role.Operator || (Role == Role.Submitter && job.Submission.User == Name);

    /// <summary>Whether the caller may change the job's comment: it is their own, or there is none and the job is.</summary>
    public bool MayComment(JobStatus job) => Role == Role.Operator
        || (Owns(job) && (job.CommentedBy is null || job.CommentedBy == Name || job.Submission.Comment.Length == 0));

    public ClaimsPrincipal ToPrincipal() => new(new Identity(this));

    private sealed class Identity(Caller caller) : ClaimsIdentity([new Claim(ClaimTypes.Name, caller.Name)], caller.Authentication)
    {
        public Caller Caller { get; } = caller;
    }
}
