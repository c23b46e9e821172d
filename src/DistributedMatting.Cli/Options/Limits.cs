using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace DistributedMatting.Cli.Options;

/// <summary>Numbers from the command line: read strictly, and each within its limits.</summary>
internal static class Limits
{
    /// <summary>
    /// An option that takes a whole number from <paramref name="least"/> to <paramref name="most"/> that
    /// <paramref name="multipleOf"/> divides, or <paramref name="also"/>.
    /// </summary>
    public static Option<int?> Whole(string name, string help, int least, int most, int multipleOf = 1, int? also = null) =>
        new(name)
        {
            Description = $"{help} ({Range(least, most, multipleOf, also)}).",
            HelpName = "N",
            CustomParser = result => ParseWhole(result, name, least, most, multipleOf, also),
        };

    /// <summary>An argument that is a whole number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public static Argument<int> WholeArgument(string name, string help, int least, int most) =>
        new(name)
        {
            Description = $"{help} ({Range(least, most, 1, null)}).",
            CustomParser = result => ParseWhole(result, name, least, most, 1, null) ?? 0,
        };

    /// <summary>An option that takes an amount of memory: bytes, or with K, M, G and KiB, MiB, GiB (all powers of 1024).</summary>
    public static Option<long?> Memory(string name, string help, long least, long most) =>
        new(name)
        {
            Description = $"{help} ({MemorySize.Format(least)} to {MemorySize.Format(most)}).",
            HelpName = "SIZE",
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (MemorySize.TryParse(text, out var bytes) && bytes >= least && bytes <= most) return bytes;
                result.AddError($"{name} '{text}' will not do: it takes {MemorySize.Format(least)} to {MemorySize.Format(most)}, written like 600M or 2GiB");
                return null;
            },
        };

    /// <summary>An option that takes one of a few words.</summary>
    public static Option<string> OneOf(string name, string help, string standard, params string[] words) =>
        new(name)
        {
            Description = $"{help} ({string.Join(", ", words)}).",
            HelpName = "NAME",
            DefaultValueFactory = _ => standard,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (!words.Contains(text, StringComparer.Ordinal))
                    result.AddError($"{name} '{text}' is not known: it takes one of {string.Join(", ", words)}");
                return text;
            },
        };

    private static int? ParseWhole(ArgumentResult result, string name, int least, int most, int multipleOf, int? also)
    {
        var text = result.Tokens[0].Value;
        var isWhole = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value);
        if (isWhole && (value == also || (value >= least && value <= most && value % multipleOf == 0))) return (int)value;

        result.AddError($"{name} '{text}' will not do: it takes {Range(least, most, multipleOf, also)}");
        return null;
    }

    private static string Range(int least, int most, int multipleOf, int? also)
    {
        var range = string.Create(CultureInfo.InvariantCulture, $"{least} to {most}");
        if (multipleOf != 1) range = string.Create(CultureInfo.InvariantCulture, $"multiples of {multipleOf} from {range}");
        else range = "whole numbers from " + range;
        return also is { } other ? string.Create(CultureInfo.InvariantCulture, $"{other}, or {range}") : range;
    }
}
