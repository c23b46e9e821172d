using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace DistributedMatting.Web.Access.Keys;

/// <summary>
/// A key's text: <c>matting_</c> and 43 characters that hold 256 random bits. So many bits cannot be guessed from
/// their SHA-256, so a plain hash is enough to keep; a slow one is for passwords.
/// </summary>
internal static class ApiKey
{
    public const string Prefix = "matting_";

    /// <summary>The key of every example in the documentation; a service that knows it does not start.</summary>
    public const string Example = Prefix + "EXAMPLE-which-everyone-knows-0000000000000";

    private const int Bytes = 32;

    /// <summary>Longer texts are no keys; they are not even hashed.</summary>
    private const int MaxLength = 200;

    public static string Create()
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        RandomNumberGenerator.Fill(bytes);
        return Prefix + Base64Url.EncodeToString(bytes);
    }

    /// <summary>64 lower-case hexadecimal digits, or null where the text cannot be a key.</summary>
    public static string? Hash(string? key) =>
        key is { Length: > 0 and <= MaxLength } ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key))) : null;

    public static bool IsHash(string? text) => text is { Length: 64 } && text.All(char.IsAsciiHexDigitLower);
}
