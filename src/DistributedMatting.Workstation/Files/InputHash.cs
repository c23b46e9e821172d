using System.Security.Cryptography;
using DistributedMatting.Core;
using DistributedMatting.Core.Storage;

namespace DistributedMatting.Workstation.Files;

/// <summary>Fingerprints of files.</summary>
internal static class InputHash
{
    /// <summary>SHA-256 of a file's bytes, 64 lower-case hexadecimal digits.</summary>
    /// <exception cref="InvalidInputException">It cannot be read.</exception>
    public static async Task<string> OfAsync(string path, CancellationToken cancellation)
    {
        try
        {
            await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 20, FileOptions.SequentialScan | FileOptions.Asynchronous);
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DiskErrors.Refused(e, $"{path} cannot be read");
        }
    }
}
