using System.Security.Cryptography;
using System.Text;

namespace DistributedMatting.Web.Uploads;

/// <summary>What is known of an upload: upload.json.</summary>
/// <param name="Name">What its sender calls it; shown, never part of a path.</param>
/// <param name="Bytes">How long it will be.</param>
/// <param name="Owner">The caller who sends it.</param>
internal sealed record Upload(string Name, long Bytes, string Owner);

/// <summary>An upload's name: 32 lower-case hexadecimal digits, the same for the same caller and token.</summary>
internal static class UploadId
{
    /// <summary>Before an upload's name where a submission has a path.</summary>
    public const string Scheme = "upload:";

    private const int Length = 32;

    public static string Of(string owner, string token) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{owner}\0{token}")))[..Length];

    public static string Create() => RandomNumberGenerator.GetHexString(Length, lowercase: true);

    public static bool IsOne(string? text) => text is { Length: Length } && text.All(char.IsAsciiHexDigitLower);
}
