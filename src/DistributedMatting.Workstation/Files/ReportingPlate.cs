using System.Globalization;
using DistributedMatting.Core.Plates;
using DistributedMatting.Imaging;

namespace DistributedMatting.Workstation.Files;

/// <summary>A plate that says, when its last row was read, whether it held floats that are no numbers.</summary>
internal sealed class ReportingPlate(PlateFile file, Action<string> warn) : IPlateReader
{
    private long _rowsLeft = file.Size.Height;

    public PixelSize Size => file.Size;

    public int BitDepth => file.BitDepth;

    public void ReadRows(Span<ushort> rgb)
    {
        file.ReadRows(rgb);
        _rowsLeft -= rgb.Length / (3 * Size.Width);
        if (_rowsLeft > 0 || file.Odd is not { } odd) return;

        warn(string.Create(
            CultureInfo.InvariantCulture,
            $"{file.Info.Path}: {odd.Pixels} pixels hold NaN or infinity, the first in column {odd.X}, row {odd.Y}; NaN is read as 0, infinity as the nearest of 0 and 1"));
    }

    public void Dispose() => file.Dispose();
}
