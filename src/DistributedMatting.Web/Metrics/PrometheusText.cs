using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace DistributedMatting.Web.Metrics;

/// <summary>Writes metrics as Prometheus reads them (text format 0.0.4). OpenTelemetry collects; this only spells.</summary>
internal sealed class PrometheusText(IReadOnlyDictionary<string, string> common) : BaseExporter<Metric>
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new();

    /// <summary>What the last collection gave.</summary>
    public string Text => _text.ToString();

    public override ExportResult Export(in Batch<Metric> batch)
    {
        _text.Clear();
        foreach (var metric in batch) Write(metric);
        return ExportResult.Success;
    }

    private void Write(Metric metric)
    {
        var isCounter = metric.MetricType is MetricType.LongSum or MetricType.DoubleSum;
        var isHistogram = metric.MetricType == MetricType.Histogram;
        if (!isHistogram && metric.MetricType is MetricType.ExponentialHistogram) return;
        var name = Name(metric, isCounter);
        _text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {metric.Description.ReplaceLineEndings(" ").Replace("\\", "\\\\", StringComparison.Ordinal)}\n");
        _text.Append(CultureInfo.InvariantCulture, $"# TYPE {name} {(isHistogram ? "histogram" : isCounter ? "counter" : "gauge")}\n");
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            var labels = Labels(point.Tags);
            if (isHistogram) WriteHistogram(name, labels, point);
            else Line(name, labels, Value(metric.MetricType, point));
        }
    }

    private void WriteHistogram(string name, string labels, in MetricPoint point)
    {
        var count = 0L;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            count += bucket.BucketCount;
            var bound = double.IsPositiveInfinity(bucket.ExplicitBound) ? "+Inf" : bucket.ExplicitBound.ToString(CultureInfo.InvariantCulture);
            Line(name + "_bucket", (labels.Length > 0 ? labels + "," : "") + $"le=\"{bound}\"", count);
        }

        Line(name + "_sum", labels, point.GetHistogramSum());
        Line(name + "_count", labels, point.GetHistogramCount());
    }

    private void Line(string name, string labels, double value) =>
        _text.Append(CultureInfo.InvariantCulture, $"{name}{(labels.Length > 0 ? $"{{{labels}}}" : "")} {value}\n");

    private static double Value(MetricType type, in MetricPoint point) => type switch
    {
        MetricType.LongSum or MetricType.LongSumNonMonotonic => point.GetSumLong(),
        MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic => point.GetSumDouble(),
        MetricType.LongGauge => point.GetGaugeLastValueLong(),
        _ => point.GetGaugeLastValueDouble(),
    };

    // The unit belongs to the name; a counted thing, in braces, does not.
    private static string Name(Metric metric, bool isCounter)
    {
        var unit = metric.Unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" };
        var name = string.Concat(metric.Name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
        if (!name.EndsWith(unit, StringComparison.Ordinal)) name += unit;
        return isCounter ? name + "_total" : name;
    }

    private string Labels(ReadOnlyTagCollection tags)
    {
        var labels = common.Select(label => Label(label.Key, label.Value)).ToList();
        foreach (var (key, value) in tags) labels.Add(Label(key, Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""));
        return string.Join(',', labels);
    }

    private static string Label(string key, string value)
    {
        var escaped = value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return $"{string.Concat(key.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'))}=\"{escaped}\"";
    }
}
