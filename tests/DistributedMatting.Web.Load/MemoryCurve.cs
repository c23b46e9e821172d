using System.Globalization;
using System.Text;

namespace DistributedMatting.Web.Load;

/// <summary>The service's memory over a run, as numbers and as a picture.</summary>
internal static class MemoryCurve
{
    private const int Width = 720;
    private const int Height = 260;
    private const int Left = 56;
    private const int Right = 16;
    private const int Top = 34;
    private const int Bottom = 40;

    /// <param name="path">Of the CSV; the picture lies beside it, ending in .svg.</param>
    /// <param name="report">Of the run.</param>
    public static void Write(string path, LoadReport report)
    {
        var csv = new StringBuilder("seconds,mib,events_told\n");
        foreach (var sample in report.Memory) csv.Append(CultureInfo.InvariantCulture, $"{sample.Seconds:0.0},{sample.Mib:0.0},{sample.Events}\n");
        File.WriteAllText(path, csv.ToString());
        File.WriteAllText(Path.ChangeExtension(path, ".svg"), Picture(report));
    }

    private static string Picture(LoadReport report)
    {
        var (end, step) = (Math.Max(1, report.Memory.Max(sample => sample.Seconds)), Step(report.Memory.Max(sample => sample.Mib)));
        var most = step * Math.Ceiling(report.Memory.Max(sample => sample.Mib) * 1.05 / step);
        double X(double seconds) => Left + (Width - Left - Right) * seconds / end;
        double Y(double mib) => Height - Bottom - (Height - Top - Bottom) * mib / most;

        var svg = new StringBuilder();
        Add($"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" font-family="system-ui, sans-serif" font-size="12" role="img">""");
        Add($"""<rect width="{Width}" height="{Height}" fill="#fff"/>""");
        Add($"""<text x="{Left}" y="20" fill="#222">Memory of the service, MiB: {report.Changes} changes of progress, {report.Watchers} watchers, {report.Events} events told</text>""");
        for (var mib = 0.0; mib <= most; mib += step)
        {
            Add($"""<path d="M{Left} {Y(mib):0.0}H{Width - Right}" stroke="#ddd"/>""");
            Add($"""<text x="{Left - 8}" y="{Y(mib) + 4:0.0}" text-anchor="end" fill="#555">{mib:0}</text>""");
        }

        for (var tenth = 0; tenth <= 10; tenth += 2)
            Add($"""<text x="{X(end * tenth / 10):0.0}" y="{Height - Bottom + 18}" text-anchor="middle" fill="#555">{end * tenth / 10:0} s</text>""");
        var line = string.Join(' ', report.Memory.Select(sample => string.Create(CultureInfo.InvariantCulture, $"{X(sample.Seconds):0.0},{Y(sample.Mib):0.0}")));
        Add($"""<polyline points="{line}" fill="none" stroke="#1769aa" stroke-width="1.5"/>""");
        Add($"</svg>");
        return svg.ToString();

        void Add(FormattableString text) => svg.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    // Some five lines, at round numbers.
    private static double Step(double most)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(1, most) / 5)));
        return power * (most / 5 / power) switch { < 1.5 => 1, < 3.5 => 2, < 7.5 => 5, _ => 10 };
    }
}
