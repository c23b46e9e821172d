using System.Globalization;
using DistributedMatting.Core.Jobs;

namespace DistributedMatting.Cli.Output;

/// <summary>What was done for a plate, as lines for a person.</summary>
internal static class ReportText
{
    /// <summary>Patches, time, memory and seams; without patches the rest of it.</summary>
    public static IEnumerable<string> Lines(MattingReport report)
    {
        var s = report.Seconds;
        if (report.PatchesTotal == 0)
        {
            yield return Format($"{report.Width}×{report.Height} pixels, {report.PixelsUnknown} of them unknown, {s.Total:0.0} s: read {s.Ingest:0.0}, solve {s.Matte:0.0}");
            yield return Format($"peak memory {report.PeakMemoryMib:0} MiB");
            yield break;
        }

        yield return Format($"{report.Width}×{report.Height} pixels in {report.PatchesTotal} {(report.PatchesTotal == 1 ? "patch" : "patches")}: {report.PatchesKnown} skipped as known, {report.PatchesInferred} inferred, {report.PatchesReused} reused");
        yield return Format($"{s.Total:0.0} s, {report.MegapixelsPerSecond:0.00} megapixels/s: read {s.Ingest:0.0}, priors {s.Priors:0.0}, encode {s.Encode:0.0}, rank {s.Rank:0.0}, matte {s.Matte:0.0}, stitch {s.StitchTail:0.0}");
        yield return Format($"peak memory {report.PeakMemoryMib:0} MiB, {Seam(report.SeamRatio)}");
    }

    private static string Seam(double? ratio) => ratio is { } seam
        ? Format($"seam figure {seam:0.000} (1 is no seam)")
        : "no seam to measure";

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
