using Microsoft.AspNetCore.Http;

namespace DistributedMatting.Dashboard.Testing;

/// <summary>Who may do what: a key names a person and a role. Without keys everyone is the operator "local".</summary>
public sealed class FakeKeys
{
    private const string Cookie = "matting";

    private static readonly Dictionary<string, Person> People = new()
    {
        ["viewer-key"] = new("vera", "viewer"),
        ["submitter-key"] = new("sam", "submitter"),
        ["operator-key"] = new("olga", "operator"),
    };

    /// <summary>Whether a key is asked for.</summary>
    public bool Required { get; set; }

    internal Person? Who(HttpRequest request)
    {
        if (!Required) return new Person("local", "operator");
        return request.Cookies.TryGetValue(Cookie, out var key) && People.TryGetValue(key, out var person) ? person : null;
    }

    internal static IResult SignIn(HttpContext context, NewSession session)
    {
        if (!People.ContainsKey(session.Key)) return Results.Problem("the key is not known here; ask the operator for one", statusCode: 401);
        context.Response.Cookies.Append(Cookie, session.Key, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict });
        return Results.NoContent();
    }

    internal static IResult SignOut(HttpContext context)
    {
        context.Response.Cookies.Delete(Cookie);
        return Results.NoContent();
    }

    internal sealed record Person(string Name, string Role)
    {
        public bool MayTouch(string user) => Role == "operator" || (Role == "submitter" && user == Name);
    }

    internal sealed record NewSession(string Key);
}
