using System.Globalization;
using DistributedMatting.Core.Storage;

namespace DistributedMatting.Cli.Options;

/// <summary>Amounts of memory as people write them: 600M, 2GiB, 1.5g. All units are powers of 1024.</summary>
internal static class MemorySize
{
    private static readonly string[] Units = ["", "K", "M", "G", "T"];

    /// <summary>Reads an amount in bytes; false for anything that is not a finite, positive one.</summary>
    public static bool TryParse(string text, out long bytes)
    {
        bytes = 0;
        var number = text.Trim().ToUpperInvariant();
        number = number.EndsWith("IB", StringComparison.Ordinal) ? number[..^2] : number.EndsWith('B') ? number[..^1] : number;
        var power = number.Length == 0 ? 0 : Math.Max(0, Array.IndexOf(Units, number[^1..]));
        if (power > 0) number = number[..^1];

        if (!double.TryParse(number.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)) return false;
        value *= Math.Pow(1024, power);
        if (!double.IsFinite(value) || value < 1 || value >= long.MaxValue) return false;
        bytes = (long)value;
        return true;
    }

    /// <summary>Writes an amount in the largest unit that keeps it short: 600 MiB, 1.5 GiB.</summary>
    public static string Format(long bytes) => ByteSize.Format(bytes);
}
