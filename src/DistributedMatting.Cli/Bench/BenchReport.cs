using System.Globalization;
using System.Text.Json.Nodes;
using DistributedMatting.Cli.Output;
using DistributedMatting.Workstation.Bench;
using Spectre.Console;

namespace DistributedMatting.Cli.Bench;

/// <summary>The methods side by side: medians over the rounds, and where the pipeline's time goes.</summary>
internal sealed class BenchReport
{
    public const string Network = "network";
    public const string Pipeline = "pipeline";
    public const string CropAndStitch = "crop-and-stitch";

    public const string ClosedForm = "closed-form";

    public static readonly string[] Methods = [Network, Pipeline, CropAndStitch, ClosedForm];

    private readonly Dictionary<string, BenchResult> _medians;

    /// <param name="rounds">Measurements by method, at least one of each.</param>
    public BenchReport(IReadOnlyDictionary<string, List<BenchResult>> rounds) =>
        _medians = rounds.ToDictionary(
            method => method.Key,
            method => method.Value.OrderBy(m => m.Seconds).ElementAt(method.Value.Count / 2));

    /// <summary>1 is the limit: nothing but the network's own calls.</summary>
    public double PipelineOverNetwork => _medians[Pipeline].Seconds / _medians[Network].Seconds;

    /// <summary>How many times as long as the pipeline crop-and-stitch takes.</summary>
    public double CropAndStitchOverPipeline => _medians[CropAndStitch].Seconds / _medians[Pipeline].Seconds;

    /// <summary>How many times as long as the pipeline closed-form matting of the whole plate takes.</summary>
    public double ClosedFormOverPipeline => _medians[ClosedForm].Seconds / _medians[Pipeline].Seconds;

    public JsonObject Json() => new()
    {
        ["pipeline_over_network_ratio"] = PipelineOverNetwork,
        ["crop_and_stitch_over_pipeline_ratio"] = CropAndStitchOverPipeline,
        ["closed_form_over_pipeline_ratio"] = ClosedFormOverPipeline,
        ["crop_and_stitch_patches_measured"] = _medians[CropAndStitch].Measured,
        ["methods"] = new JsonArray([.. Methods.Select(name => (JsonNode)JsonOutput.Object(_medians[name]))]),
    };

    public void Print()
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("method");
        foreach (var column in new[] { "seconds", "files apart, s", "peak MiB", "patches", "measured", "encoder calls" })
            table.AddColumn(new TableColumn(column).RightAligned());
        foreach (var name in Methods)
        {
            var result = _medians[name];
            table.AddRow(name, Text($"{result.Seconds:0.0}"), Text($"{result.FileSeconds:0.0}"), Text($"{result.PeakMemoryMib:0}"), Text($"{result.Queries}"), Text($"{result.Measured}"), Text($"{result.Encodes}"));
        }

        Screens.WriteTable(table);
        PrintRest();
        Console.WriteLine(Text($"pipeline ÷ network calls alone: {PipelineOverNetwork:0.000}"));
        Console.WriteLine(Text($"crop-and-stitch ÷ pipeline:     {CropAndStitchOverPipeline:0.00}{Scaled(_medians[CropAndStitch])}"));
        Console.WriteLine(Text($"closed-form ÷ pipeline:         {ClosedFormOverPipeline:0.00}"));
    }

    private static string Scaled(BenchResult result) => result.Measured == result.Queries
        ? ""
        : Text($" (measured on {result.Measured} patches and scaled up to {result.Queries}; --crop-and-stitch-patches measures more)");

    // Thread seconds, so that the lines add up to threads × wall time.
    private void PrintRest()
    {
        if (_medians[Pipeline].Report is not { } report) return;
        var s = report.Seconds;
        var whole = s.Total * _medians[Pipeline].Threads;
        (string Name, double Seconds)[] parts =
        [
            ("network: encoder", s.NetworkEncode),
            ("network: TGNL and decoder", s.NetworkMatte),
            ("filling network inputs", s.Inputs),
            ("keeping and fetching tokens, activations, patches", s.Stores),
            ("blending rows", s.Blend),
            ("decoding files", s.FileDecode),
            ("encoding the alpha file", s.FileEncode),
        ];
        var table = new Table().Border(TableBorder.Simple).AddColumn("where the pipeline's time goes")
            .AddColumn(new TableColumn("thread seconds").RightAligned()).AddColumn(new TableColumn("share").RightAligned());
        foreach (var (name, seconds) in parts) table.AddRow(name, Text($"{seconds:0.00}"), Text($"{100 * seconds / whole:0.0} %"));
        var rest = whole - parts.Sum(part => part.Seconds);
        table.AddRow("priors, ranking, waiting for one another", Text($"{rest:0.00}"), Text($"{100 * rest / whole:0.0} %"));
        Screens.WriteTable(table);
        Console.WriteLine(Text($"wall seconds: read {s.Ingest:0.0}, priors {s.Priors:0.0}, encode {s.Encode:0.0}, rank {s.Rank:0.00}, matte {s.Matte:0.0}, stitch after the last patch {s.StitchTail:0.0}"));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
