using System.Globalization;
using DistributedMatting.Core.Plates;
using DistributedMatting.Imaging;

namespace DistributedMatting.Workstation.Files;

/// <summary>A trimap that says, when its last row was read, whether it held values that a trimap should not.</summary>
internal sealed class ReportingTrimap(TrimapFile file, Action<string> warn) : ITrimapReader
{
    private long _rowsLeft = file.Size.Height;

    public PixelSize Size => file.Size;

    public void ReadRows(Span<byte> regions)
    {
        file.ReadRows(regions);
        _rowsLeft -= regions.Length / Size.Width;
        if (_rowsLeft > 0 || file.Report is not { Unexpected: > 0 } report) return;

        var values = string.Join(", ", report.Examples.Select(example => example.Value.ToString(CultureInfo.InvariantCulture)));
        warn(string.Create(
            CultureInfo.InvariantCulture,
            $"{file.Info.Path}: {report.Unexpected} pixels are none of 0, 128 and 255 (such as {values}); up to 5 is read as background, from 250 on as foreground, the rest as unknown"));
    }

    public void Dispose() => file.Dispose();
}
