using DistributedMatting.Imaging.Native;

namespace DistributedMatting.Imaging;

/// <summary>What the codecs on this machine can do.</summary>
/// <param name="LibVipsVersion">Version of libvips, as 8.18.7.</param>
/// <param name="LibVipsPath">The library that was loaded.</param>
/// <param name="Reads">Formats that plates and trimaps may have.</param>
/// <param name="WritesAlpha">Formats of alpha mattes.</param>
/// <param name="WritesRgb">Formats of colour pictures.</param>
public sealed record Codecs(
    string LibVipsVersion,
    string LibVipsPath,
    IReadOnlyList<string> Reads,
    IReadOnlyList<string> WritesAlpha,
    IReadOnlyList<string> WritesRgb)
{
    private static readonly string[] Formats = ["PNG", "TIFF", "JPEG", "WebP"];

    /// <summary>Asks the library that is there, for <c>matting info</c>.</summary>
    /// <exception cref="Core.InvalidInputException">libvips is missing or too old.</exception>
    public static Codecs Describe()
    {
        Vips.Start();
        var version = string.Join('.', LibVips.Version(0), LibVips.Version(1), LibVips.Version(2));
        return new Codecs(
            version,
            LibVipsLoader.Origin,
            [.. Formats.Where(f => Has("Load", f))],
            ["PNG 8/16", "TIFF 8/16/32f"],
            ["PNG 8/16", "TIFF 8/16", .. Formats[2..].Where(f => Has("Save", f))]);
    }

    /// <summary>Most threads that decoding and turning a picture takes, from now on, in this process.</summary>
    /// <param name="threads">1 to 1024.</param>
    /// <exception cref="Core.InvalidInputException">libvips is missing or too old.</exception>
    public static void LimitThreads(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threads, 1024);
        Vips.Start();
        LibVips.ConcurrencySet(threads);
    }

    private static bool Has(string direction, string format) =>
        LibVips.TypeFromName($"VipsForeign{direction}{format[0]}{format[1..].ToLowerInvariant()}File") != 0;
}
