using System.Security.Cryptography;
using DistributedMatting.Core;
using DistributedMatting.Core.Storage;

namespace DistributedMatting.Onnx.Models;

/// <summary>Reads a model's files; what goes wrong becomes one line.</summary>
internal static class ModelBytes
{
    /// <summary>All bytes of a file no longer than <paramref name="most"/>.</summary>
    public static byte[] Read(string path, long most) => OnFile(path, most, stream =>
    {
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    });

    /// <summary>Throws unless the file's bytes have this hash.</summary>
    public static void Verify(string path, string sha256) =>
        Require(path, sha256, OnFile(path, CardLimits.MaxPartBytes, SHA256.HashData));

    /// <summary>All bytes of a file with this hash.</summary>
    public static byte[] ReadVerified(string path, string sha256)
    {
        var bytes = Read(path, CardLimits.MaxPartBytes);
        Require(path, sha256, SHA256.HashData(bytes));
        return bytes;
    }

    private static void Require(string path, string expected, byte[] hash)
    {
        var actual = Convert.ToHexStringLower(hash);
        if (actual != expected)
            throw new InvalidInputException(
                $"{path} is damaged: its SHA-256 is {actual[..12]}…, its card says {expected[..12]}…; fetch the model again.");
    }

    private static T OnFile<T>(string path, long most, Func<Stream, T> use)
    {
        try
        {
            using var stream = File.OpenRead(path);
            if (stream.Length > most)
                throw new InvalidInputException($"{path} has {stream.Length} bytes; a model's file of this kind has at most {most}.");
            return use(stream);
        }
        catch (FileNotFoundException e)
        {
            throw new InvalidInputException($"{path} is missing, though its card names it; fetch the model again.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DiskErrors.Refused(e, $"{path} cannot be read");
        }
    }
}
