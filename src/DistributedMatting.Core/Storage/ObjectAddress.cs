using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace DistributedMatting.Core.Storage;

/// <summary>The name of an object: the SHA-256 of its bytes, 64 lower-case hexadecimal digits. The default names none.</summary>
public readonly record struct ObjectAddress
{
    /// <summary>Characters of an address.</summary>
    public const int Length = 64;

    private readonly string? _value;

    private ObjectAddress(string value) => _value = value;

    /// <summary>The address of some bytes.</summary>
    public static ObjectAddress Of(ReadOnlySpan<byte> bytes) => new(Convert.ToHexStringLower(SHA256.HashData(bytes)));

    /// <summary>Whether a text is an address.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ObjectAddress address)
    {
        var good = text is { Length: Length } && text.All(char.IsAsciiHexDigitLower);
        address = good ? new ObjectAddress(text!) : default;
        return good;
    }

    /// <summary>The 64 digits; empty for the default.</summary>
    public override string ToString() => _value ?? "";
}
