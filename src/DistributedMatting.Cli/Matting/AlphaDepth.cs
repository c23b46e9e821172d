using System.CommandLine;
using DistributedMatting.Cli.Options;
using DistributedMatting.Core;
using DistributedMatting.Core.Plates;
using DistributedMatting.Imaging;

namespace DistributedMatting.Cli.Matting;

/// <summary>How an alpha matte is written: format by its name, bits by --depth.</summary>
internal static class AlphaDepth
{
    public static Option<string> Option() => Limits.OneOf("--depth", "Bits a sample of the alpha", "16", "8", "16", "float");

    /// <summary>Refuses what no file could hold, before any work.</summary>
    /// <exception cref="InvalidInputException">The name's ending is none that we write, or does not go with the depth.</exception>
    public static void CheckName(string path, string depth)
    {
        if (string.IsNullOrWhiteSpace(path)) throw new InvalidInputException("--output is empty; name the alpha to write, a .tif, .tiff or .png");
        var ending = Path.GetExtension(path).ToLowerInvariant();
        if (ending is not (".tif" or ".tiff" or ".png"))
            throw new InvalidInputException($"--output {path} will not do: an alpha is written as .tif, .tiff or .png");
        if (ending == ".png" && depth == "float")
            throw new InvalidInputException($"--depth float will not do for {path}: PNG holds 8 or 16 bits; TIFF holds floats");
    }

    /// <summary>Refuses a name whose ending says another format than the file that it is for.</summary>
    /// <param name="path">What the person named.</param>
    /// <param name="what">Whose alpha it is, to begin the sentence "… is a TIFF".</param>
    /// <param name="source">The file's own name.</param>
    /// <exception cref="InvalidInputException">The two endings differ.</exception>
    public static void CheckFormat(string path, string what, string source)
    {
        if (IsPng(path) == IsPng(source)) return;
        throw new InvalidInputException($"--output {path} will not do: {what} is a {(IsPng(source) ? "PNG; name a .png" : "TIFF; name a .tif or .tiff")}");
    }

    private static bool IsPng(string path) => Path.GetExtension(path).Equals(".png", StringComparison.OrdinalIgnoreCase);

    /// <summary>Begins the alpha. That it may replace a file was settled before the work began.</summary>
    public static IAlphaWriter Create(string path, PixelSize size, string depth, int threads) =>
        AlphaFile.Create(path, size, new AlphaFormat(depth switch { "8" => 8, "16" => 16, _ => 32 }, threads), force: true);
}
