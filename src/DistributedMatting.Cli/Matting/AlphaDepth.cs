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
        var ending = Path.GetExtension(path).ToLowerInvariant();
        if (ending is not (".tif" or ".tiff" or ".png"))
            throw new InvalidInputException($"--output {path} will not do: an alpha is written as .tif, .tiff or .png");
        if (ending == ".png" && depth == "float")
            throw new InvalidInputException($"--depth float will not do for {path}: PNG holds 8 or 16 bits; TIFF holds floats");
    }

    /// <summary>Begins the alpha. That it may replace a file was settled before the work began.</summary>
    public static IAlphaWriter Create(string path, PixelSize size, string depth) =>
        AlphaFile.Create(path, size, new AlphaFormat(depth switch { "8" => 8, "16" => 16, _ => 32 }), force: true);
}
