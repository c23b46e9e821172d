using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace DistributedMatting.Core.Jobs.Service;

/// <summary>
/// A job's name: 16 lower-case hexadecimal digits, drawn at random. Safe in an address and as a folder's name.
/// In JSON it is a string. The default value names no job.
/// </summary>
[JsonConverter(typeof(JobIdJsonConverter))]
public readonly record struct JobId
{
    private const int Bytes = 8;

    private readonly string? _value;

    private JobId(string value) => _value = value;

    /// <summary>A name that no job has.</summary>
    public static JobId Create() => new(RandomNumberGenerator.GetHexString(2 * Bytes, lowercase: true));

    /// <summary>The name that a text is.</summary>
    /// <exception cref="JobNotFoundException">It is no job's name, so there is no such job.</exception>
    public static JobId Parse(string? text) => TryParse(text, out var id) ? id : throw JobNotFoundException.Unnamed();

    /// <summary>Whether a text is 16 lower-case hexadecimal digits.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out JobId id)
    {
        var good = text is { Length: 2 * Bytes } && text.All(char.IsAsciiHexDigitLower);
        id = good ? new JobId(text!) : default;
        return good;
    }

    /// <summary>The 16 digits; empty for the default value.</summary>
    public override string ToString() => _value ?? "";
}
