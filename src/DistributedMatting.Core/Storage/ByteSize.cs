using System.Globalization;

namespace DistributedMatting.Core.Storage;

/// <summary>Amounts of bytes for people; units are powers of 1024.</summary>
public static class ByteSize
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB"];

    /// <summary>In the largest unit that keeps it short: 600 MiB, 1.5 GiB.</summary>
    /// <param name="bytes">0 or more.</param>
    public static string Format(double bytes)
    {
        var unit = 0;
        for (; bytes >= 1024 && unit < Units.Length - 1; unit++) bytes /= 1024;
        return bytes.ToString("0.##", CultureInfo.InvariantCulture) + " " + Units[unit];
    }
}
