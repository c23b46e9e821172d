using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Web.Errors;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DistributedMatting.Web.Access.Callers;

/// <summary>
/// The one rule of who may do what, for every address that does not say AllowAnonymous: to read needs a viewer, to
/// change anything an operator, or who <see cref="Needs"/> says. Under a job's address, the job must be one that the
/// caller sees, and to change it the caller's own.
/// </summary>
internal sealed class CallerPolicy(IMattingService service) : AuthorizationHandler<CallerPolicy.Requirement>, IAuthorizationMiddlewareResultHandler
{
    public const string WhoAreYou = "this service does not know who asks; send a key of its in the header 'Authorization: Bearer KEY', or log in with one";

    /// <summary>Lets callers of this role use the addresses' POST, PATCH and DELETE.</summary>
    public static TBuilder Needs<TBuilder>(TBuilder endpoints, Role role) where TBuilder : IEndpointConventionBuilder =>
        endpoints.WithMetadata(new Writers(role));

    /// <summary>A refusal becomes a sentence.</summary>
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded) return next(context);
        if (authorizeResult.Challenged) throw new RefusedException(StatusCodes.Status401Unauthorized, WhoAreYou);
        throw new RefusedException(StatusCodes.Status403Forbidden, authorizeResult.AuthorizationFailure?.FailureReasons.FirstOrDefault()?.Message ?? "you may not do this");
    }

    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, Requirement requirement)
    {
        if (context.User.Identity?.IsAuthenticated != true || context.Resource is not HttpContext http) return;
        var caller = Caller.Of(http);
        var reads = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        var endpoint = http.GetEndpoint();
        var needed = reads || endpoint is not RouteEndpoint ? Role.Viewer : endpoint.Metadata.GetMetadata<Writers>()?.Role ?? Role.Operator;
        if (caller.Role < needed)
        {
            Refuse($"this needs the role {Name(needed)}, and '{caller.Name}' has {Name(caller.Role)}; ask the service's operator");
            return;
        }

        if (JobOf(http, endpoint) is { } text)
        {
            var job = await service.StatusAsync(JobId.Parse(text), http.RequestAborted);
            if (!caller.Sees(job)) throw new JobNotFoundException(job.Id);
            if (!reads && !caller.Owns(job))
            {
                Refuse($"job {job.Id} is not of '{caller.Name}'; its submitter or an operator can change it");
                return;
            }
        }

        context.Succeed(requirement);

        void Refuse(string sentence) => context.Fail(new AuthorizationFailureReason(this, sentence));
    }

    private static string? JobOf(HttpContext http, Endpoint? endpoint) =>
        endpoint is RouteEndpoint { RoutePattern.RawText: { } pattern } && pattern.StartsWith("/api/v1/jobs/{id}", StringComparison.Ordinal)
            ? (string?)http.GetRouteValue("id") : null;

    private static string Name(Role role) => role.ToString().ToLowerInvariant();

    /// <summary>The rule's name in ASP.NET.</summary>
    internal sealed record Requirement : IAuthorizationRequirement;

    private sealed record Writers(Role Role);
}
