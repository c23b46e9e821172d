using System.Globalization;
using System.Text.Json.Nodes;
using DistributedMatting.Cli.Output;
using Spectre.Console;

namespace DistributedMatting.Cli.Bench;

/// <summary>The methods side by side: medians over the rounds, and where the pipeline's time goes.</summary>
internal sealed class BenchReport
{
    public const string Network = "network";
    public const string Pipeline = "pipeline";
    public const string CropAndStitch = "crop-and-stitch";

    public static readonly string[] Methods = [Network, Pipeline, CropAndStitch];

    private readonly Dictionary<string, BenchMeasurement> _medians;

    /// <param name="rounds">Measurements by method; every method as often.</param>
    public BenchReport(IReadOnlyDictionary<string, List<BenchMeasurement>> rounds) =>
        _medians = rounds.ToDictionary(
            method => method.Key,
            method => method.Value.OrderBy(m => m.SecondsForAll).ElementAt(method.Value.Count / 2));

    /// <summary>1 is the limit: nothing but the network's own calls.</summary>
    public double PipelineOverNetwork => _medians[Pipeline].SecondsForAll / _medians[Network].SecondsForAll;

    /// <summary>How many times as long as the pipeline crop-and-stitch takes.</summary>
    public double CropAndStitchOverPipeline => _medians[CropAndStitch].SecondsForAll / _medians[Pipeline].SecondsForAll;

    public JsonObject Json() => new()
    {
        ["pipeline_over_network_ratio"] = PipelineOverNetwork,
        ["crop_and_stitch_over_pipeline_ratio"] = CropAndStitchOverPipeline,
        ["methods"] = new JsonArray([.. Methods.Select(Method)]),
        ["pipeline_report"] = _medians[Pipeline].Report is { } report ? JsonOutput.Object(report) : null,
    };

    public void Print()
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("method");
        foreach (var column in new[] { "seconds", "files apart, s", "peak MiB", "encoder calls", "decoder calls", "patches" })
            table.AddColumn(new TableColumn(column).RightAligned());
        foreach (var name in Methods)
        {
            var (m, r) = (_medians[name], _medians[name].Result);
            table.AddRow(name, Text($"{m.SecondsForAll:0.0}"), Text($"{r.FileSeconds:0.0}"), Text($"{r.PeakMemoryMib:0}"), Text($"{r.Encodes}"), Text($"{r.Mattes}"), Text($"{m.PatchesMeasured} of {m.PatchesTotal}"));
        }

        AnsiConsole.Write(table);
        foreach (var part in _medians.Where(m => m.Value.PatchesMeasured < m.Value.PatchesTotal))
            Console.WriteLine(Text($"{part.Key}: {part.Value.PatchesMeasured} patches, evenly spread, were measured in {part.Value.Result.Seconds:0.0} s; the seconds above are scaled to all {part.Value.PatchesTotal}"));
        PrintRest();
        Console.WriteLine(Text($"pipeline ÷ network calls alone: {PipelineOverNetwork:0.000}"));
        Console.WriteLine(Text($"crop-and-stitch ÷ pipeline:     {CropAndStitchOverPipeline:0.00}"));
    }

    // Thread seconds, so that the lines add up to threads × wall time.
    private void PrintRest()
    {
        if (_medians[Pipeline].Report is not { } report) return;
        var s = report.Seconds;
        var whole = s.Total * _medians[Pipeline].Result.Threads;
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
        AnsiConsole.Write(table);
        Console.WriteLine(Text($"wall seconds: read {s.Ingest:0.0}, priors {s.Priors:0.0}, encode {s.Encode:0.0}, rank {s.Rank:0.00}, matte {s.Matte:0.0}, stitch after the last patch {s.StitchTail:0.0}"));
    }

    private JsonNode Method(string name)
    {
        var m = _medians[name];
        var json = JsonOutput.Object(m.Result);
        json["patches_total"] = m.PatchesTotal;
        json["patches_measured"] = m.PatchesMeasured;
        json["seconds_for_all_patches"] = m.SecondsForAll;
        return json;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
