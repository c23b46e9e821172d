using System.Globalization;
using System.Threading.RateLimiting;
using DistributedMatting.Web.Access.Callers;
using DistributedMatting.Web.Errors;
using DistributedMatting.Web.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace DistributedMatting.Web.Access.Limits;

/// <summary>
/// How much one caller may ask, by ASP.NET's own limiter. Whoever is not known counts by address, and gets little:
/// the pages and a log-in. On a service that asks nobody, its one user is not limited.
/// </summary>
internal static class RateLimits
{
    // A page and its pictures at once, then a log-in now and then.
    private const int AnonymousBurst = 100;
    private const int AnonymousPerSecond = 10;

    public static void AddTo(IServiceCollection services, LimitOptions limits) => services.AddRateLimiter(limiter =>
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.GlobalLimiter = PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<HttpContext, string>(context => Requests(context, limits)),
            PartitionedRateLimiter.Create<HttpContext, string>(context => Streams(context, limits)));
        limiter.OnRejected = async (rejected, _) =>
        {
            var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
            rejected.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            await Problems.WriteAsync(rejected.HttpContext, StatusCodes.Status429TooManyRequests, "you ask more than this service answers one caller; wait a little and ask again");
        };
    });

    private static RateLimitPartition<string> Requests(HttpContext context, LimitOptions limits)
    {
        var known = context.User.Identity?.IsAuthenticated == true;
        if (known && Caller.Of(context) == Caller.Local) return RateLimitPartition.GetNoLimiter("local");
        return known
            ? Bucket($"caller {Caller.Of(context).Name}", limits.Burst, limits.RequestsPerSecond)
            : Bucket($"address {context.Connection.RemoteIpAddress}", AnonymousBurst, AnonymousPerSecond);
    }

    private static RateLimitPartition<string> Streams(HttpContext context, LimitOptions limits)
    {
        if (!HeadRequests.IsStream(context.GetEndpoint())) return RateLimitPartition.GetNoLimiter("no stream");
        return RateLimitPartition.GetConcurrencyLimiter($"streams of {context.User.Identity?.Name}", _ => new ConcurrencyLimiterOptions { PermitLimit = limits.Streams });
    }

    private static RateLimitPartition<string> Bucket(string who, int burst, int perSecond) => RateLimitPartition.GetTokenBucketLimiter(who, _ => new TokenBucketRateLimiterOptions
    {
        TokenLimit = burst,
        TokensPerPeriod = perSecond,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
    });
}
