using System.Security.Claims;
using System.Security.Cryptography;
using DistributedMatting.Core;
using DistributedMatting.Core.Storage;
using DistributedMatting.Web.Access.Keys;
using DistributedMatting.Web.Errors;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace DistributedMatting.Web.Access.Callers;

/// <summary>
/// A browser's session: a cookie that no script can read and no other site can send. It holds the key's hash, sealed;
/// a key that is removed ends its sessions, and signing out ends the session that its cookie and copies of it are of.
/// </summary>
internal static class Sessions
{
    private const string UnknownKey = "this service does not know the key; its operator can give you another";
    private const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;
    private const string KeyClaim = "key";
    private const string IdClaim = "session";
    private const int IdLength = 32;
    private const string EndedFolder = "ended";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <exception cref="InvalidInputException">The folder of the sessions' secret cannot be made.</exception>
    public static void AddTo(AuthenticationBuilder authentication, AccessOptions options, TimeProvider clock)
    {
        var folder = options.SessionFolder is { } path ? Folder(path) : null;
        var ended = folder is null ? null : Path.Combine(folder.FullName, EndedFolder);
        authentication.Services.AddSingleton(new EndedSessions(ended, options.SessionLength, clock));
        authentication.AddCookie(Scheme, cookie =>
        {
            cookie.Cookie.Name = "matting-session";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Strict;
            cookie.Cookie.SecurePolicy = options.PublicUrl?.Scheme == Uri.UriSchemeHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            cookie.ExpireTimeSpan = options.SessionLength;
            cookie.SlidingExpiration = true;
            cookie.Events.OnValidatePrincipal = context =>
            {
                if (HasEnded(context.HttpContext, context.Principal, context.Properties)) context.RejectPrincipal();
                return Task.CompletedTask;
            };
            // A cookie that is refused would be renewed all the same, and outlive what is remembered of it.
            cookie.Events.OnCheckSlidingExpiration = context =>
            {
                context.ShouldRenew &= !HasEnded(context.HttpContext, context.Principal, context.Properties);
                return Task.CompletedTask;
            };
        });
        var protection = authentication.Services.AddDataProtection().SetApplicationName("matting");
        if (folder is null) protection.UseEphemeralDataProtectionProvider();
        else protection.PersistKeysToFileSystem(folder);
    }

    public static void Map(IEndpointRouteBuilder app)
    {
        var session = app.MapGroup("/api/v1/session").WithTags("access").AllowAnonymous();
        session.MapPost("/", async (NewSession body, HttpContext context) =>
        {
            var keys = context.RequestServices.GetService<KeyRing>() ?? throw new InvalidInputException("this service has no keys, so it needs no session");
            var key = keys.Find(body.Key) ?? throw new RefusedException(StatusCodes.Status401Unauthorized, UnknownKey);
            Claim[] claims = [new(KeyClaim, key.Sha256), new(IdClaim, RandomNumberGenerator.GetHexString(IdLength, lowercase: true))];
            await context.SignInAsync(Scheme, new ClaimsPrincipal(new ClaimsIdentity(claims, Scheme)), new AuthenticationProperties { IsPersistent = true });
            return Results.NoContent();
        }).Produces(StatusCodes.Status204NoContent);
        session.MapDelete("/", async (HttpContext context, EndedSessions ended) =>
        {
            if ((await context.AuthenticateAsync(Scheme)).Principal?.FindFirstValue(IdClaim) is { } id) ended.End(id);
            await context.SignOutAsync(Scheme);
            return Results.NoContent();
        }).Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>The key that the request's session was begun with; null if there is none, or it was removed.</summary>
    public static async Task<KeyEntry?> KeyOfAsync(HttpContext context, KeyRing keys)
    {
        var session = await context.AuthenticateAsync(Scheme);
        return session.Principal?.FindFirstValue(KeyClaim) is { } hash ? keys.FindHash(hash) : null;
    }

    /// <summary>Whether the session that the request came with was signed out since.</summary>
    public static async Task<bool> HasEndedAsync(HttpContext context)
    {
        // As it was when the request came: one request is asked once.
        var session = await context.AuthenticateAsync(Scheme);
        return session is { Succeeded: true } && HasEnded(context, session.Principal, session.Properties);
    }

    // One without a name was begun by an older version, which could not end it.
    private static bool HasEnded(HttpContext context, ClaimsPrincipal? session, AuthenticationProperties cookie) =>
        session?.FindFirstValue(IdClaim) is not { } id
        || context.RequestServices.GetRequiredService<EndedSessions>().IsEnded(id, cookie.IssuedUtc ?? default);

    private static DirectoryInfo Folder(string path)
    {
        try
        {
            return OperatingSystem.IsWindows() ? Directory.CreateDirectory(path) : Directory.CreateDirectory(path, OwnerOnly);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw DiskErrors.Refused(error, $"the sessions' folder {path} cannot be made");
        }
    }

    /// <summary>Body of a log-in.</summary>
    internal sealed record NewSession
    {
        /// <summary>The key's text.</summary>
        public required string Key { get; init; }
    }
}
