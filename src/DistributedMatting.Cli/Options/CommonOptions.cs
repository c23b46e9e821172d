using System.CommandLine;

namespace DistributedMatting.Cli.Options;

/// <summary>Options that more than one command has, and that are not about matting.</summary>
internal static class CommonOptions
{
    /// <summary>--json: one object on standard output, everything else on standard error.</summary>
    public static Option<bool> Json() => new("--json")
    {
        Description = "One JSON object on standard output; progress and messages on standard error.",
    };

    /// <summary>--force: files that are there are replaced.</summary>
    public static Option<bool> Force() => new("--force", "-f") { Description = "Replace files that are there already." };

    /// <summary>--fresh: an interrupted job is started over.</summary>
    public static Option<bool> Fresh() => new("--fresh")
    {
        Description = "Start over instead of going on where an interrupted job stopped.",
    };

    /// <summary>--max-megapixels: how large a plate may be before it is opened.</summary>
    public static Option<int?> MaxMegapixels() => Limits.Whole(
        "--max-megapixels", "Plates of more million pixels are refused before they are decoded; default 2000", 1, 1_000_000);

    /// <summary>The limit of <see cref="MaxMegapixels"/> where none is given.</summary>
    public const int StandardMaxMegapixels = 2000;
}
