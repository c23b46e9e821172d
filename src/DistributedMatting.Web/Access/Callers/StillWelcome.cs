using DistributedMatting.Web.Access.Keys;
using Microsoft.AspNetCore.Http;

namespace DistributedMatting.Web.Access.Callers;

/// <summary>Whether who was let in would be let in again: a stream of events may outlive the key or the session that opened it.</summary>
internal sealed class StillWelcome(KeyRing? keys = null)
{
    public async ValueTask<bool> IsAsync(HttpContext context)
    {
        var caller = Caller.Of(context);
        if (caller.KeyHash is not { } hash) return true;
        if (!caller.IsStill(keys?.FindHash(hash))) return false;
        // Where the key came by itself, a session beside it lets nobody in.
        return context.Request.Headers.Authorization.Count > 0 || !await Sessions.HasEndedAsync(context);
    }
}
