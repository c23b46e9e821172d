using System.Collections.Concurrent;
using DistributedMatting.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace DistributedMatting.Web.Requests;

/// <summary>A misspelt part of an address must not be taken for one that was left out: what an address does not know is refused.</summary>
internal sealed class KnownQueries
{
    private const string Api = "/api/";
    private const int MostOfName = 60;

    private readonly ConcurrentDictionary<Endpoint, HashSet<string>> _known = [];

    /// <exception cref="InvalidInputException">The query names something that the address does not know.</exception>
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Query.Count == 0 || context.GetEndpoint() is not RouteEndpoint endpoint || !IsOfApi(endpoint)) return next(context);
        var known = _known.GetOrAdd(endpoint, Of);
        if (context.Request.Query.Keys.FirstOrDefault(name => !known.Contains(name)) is not { } stranger) return next(context);
        var what = known.Count == 0 ? "it knows none" : $"it knows {string.Join(", ", known.Order(StringComparer.Ordinal))}";
        throw new InvalidInputException($"this address knows no query parameter '{Short(stranger)}'; {what}");
    }

    // What is asked of the query is a text, a number or yes or no, and has no place in the path.
    private static HashSet<string> Of(Endpoint endpoint)
    {
        var parts = ((RouteEndpoint)endpoint).RoutePattern.Parameters.Select(part => part.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return endpoint.Metadata.OfType<IParameterBindingMetadata>()
            .Where(one => IsPlain(one.ParameterInfo.ParameterType) && !parts.Contains(one.Name))
            // A record of parameters has its own names for them, which begin with capitals.
            .Select(one => one.Name.ToLowerInvariant())
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    private static bool IsPlain(Type type) => type == typeof(string) || (Nullable.GetUnderlyingType(type) ?? type).IsPrimitive;

    private static bool IsOfApi(RouteEndpoint endpoint) => endpoint.RoutePattern.RawText?.StartsWith(Api, StringComparison.Ordinal) == true;

    private static string Short(string name)
    {
        var plain = string.Concat(name.Take(MostOfName).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
        return plain.Length < name.Length ? plain + "…" : plain;
    }
}
