using DistributedMatting.Core;
using DistributedMatting.Web.Access.Callers;
using DistributedMatting.Web.Access.Keys;
using DistributedMatting.Web.Access.Limits;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DistributedMatting.Web.Access;

/// <summary>Puts access into ASP.NET's authentication, authorization and rate limiting.</summary>
internal static class AccessSetup
{
    /// <exception cref="InvalidInputException">The keys' file will not do.</exception>
    public static void AddTo(IServiceCollection services, WebOptions options, PathRoots roots, TimeProvider clock)
    {
        var access = options.Access;
        services.AddSingleton(access);
        if (access.KeyFile is { } file) services.AddSingleton(new KeyRing(new KeyFile(file), clock));
        var authentication = services.AddAuthentication(CallerAuthentication.Name)
            .AddScheme<AuthenticationSchemeOptions, CallerAuthentication>(CallerAuthentication.Name, _ => { });
        Sessions.AddTo(authentication, access, clock);
        // It would warn that the secret of sessions is not sealed by another secret; the folder is its owner's alone.
        services.AddLogging(log => log.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error));

        services.AddSingleton<StillWelcome>();
        services.AddSingleton<CallerPolicy>();
        services.AddSingleton<IAuthorizationHandler>(all => all.GetRequiredService<CallerPolicy>());
        services.AddSingleton<IAuthorizationMiddlewareResultHandler>(all => all.GetRequiredService<CallerPolicy>());
        services.AddAuthorizationBuilder().SetFallbackPolicy(
            new AuthorizationPolicyBuilder().RequireAuthenticatedUser().AddRequirements(new CallerPolicy.Requirement()).Build());

        RateLimits.AddTo(services, options.Limits);
        services.AddSingleton(roots);
        services.AddSingleton(options.Limits);
        services.AddSingleton<ProjectQuotas>();
        services.AddSingleton<Submissions>();
    }
}
