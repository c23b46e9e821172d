using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace DistributedMatting.Web.Errors;

/// <summary>
/// What is wrong with a request whose body or query does not fit its address, in one sentence that names the field. What is
/// said of types comes from the framework's own messages, which have no other form; what they do not tell is left out.
/// </summary>
internal static partial class UnreadableRequest
{
    private const string See = "/openapi/v1.json says what the fields and types are";

    // A name of a person's own making may be as long as the body.
    private const int MostOfName = 60;

    public static string Sentence(BadHttpRequestException error) => error.InnerException switch
    {
        JsonException json => OfBody(json),
        _ => OfQuery(error.Message),
    };

    private static string OfBody(JsonException error)
    {
        if (error.InnerException is not (null or InvalidOperationException or FormatException or NotSupportedException))
            return string.Create(CultureInfo.InvariantCulture, $"the body is no JSON, from line {(error.LineNumber ?? 0) + 1}, byte {(error.BytePositionInLine ?? 0) + 1} on");
        if (Unknown().Match(error.Message) is { Success: true } unknown) return $"there is no field '{Short(unknown.Groups[1].Value)}' here; {See}";
        if (Missing().Match(error.Message) is { Success: true } missing) return $"the field {missing.Groups[1].Value} is missing; {See}";
        var field = error.Path is { Length: > 2 } path ? Short(path[2..]) : "the body";
        return $"{field} is not {Kind(Converted().Match(error.Message)) ?? "of the type that it must be"}; {See}";
    }

    private static string OfQuery(string message)
    {
        if (Unbound().Match(message) is { Success: true } unbound) return $"{Name(unbound)} is not {Kind(unbound) ?? "of the type that it must be"}; {See}";
        if (Absent().Match(message) is { Success: true } absent) return $"{Name(absent)} is missing; {See}";
        return "the request cannot be read; " + See;
    }

    // A record of parameters has its own names for them, which begin with capitals.
    private static string Name(Match match) => match.Groups["name"].Value.ToLowerInvariant();

    private static string? Kind(Match match) => match.Groups["type"].Value.TrimEnd('.').Split('.')[^1] switch
    {
        "Int32" or "Int64" or "int" or "long" => "a whole number that fits",
        "Double" or "Single" or "double" or "float" => "a number",
        "Boolean" or "bool" => "true or false",
        "String" or "string" => "a text",
        "" => null,
        // A record of ours: the whole body, so far as there are none within others.
        _ => "an object of fields",
    };

    private static string Short(string name)
    {
        var plain = string.Concat(name.Take(MostOfName).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
        return plain.Length < name.Length ? plain + "…" : plain;
    }

    [GeneratedRegex("property '(.*)' could not be mapped", RegexOptions.Singleline)]
    private static partial Regex Unknown();

    [GeneratedRegex("missing required properties including: '([a-z_]+)'")]
    private static partial Regex Missing();

    [GeneratedRegex(@"could not be converted to (?:System\.Nullable`1\[)?(?<type>[A-Za-z0-9_.]+)")]
    private static partial Regex Converted();

    [GeneratedRegex("""Failed to bind parameter "(?:Nullable<)?(?<type>\w+)>?\??\s(?<name>\w+)" from""")]
    private static partial Regex Unbound();

    [GeneratedRegex("""Required parameter "\w+ (?<name>\w+)" was not provided from query""")]
    private static partial Regex Absent();
}
