using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using DistributedMatting.Cli.Output;
using DistributedMatting.Core.Metrics;
using Spectre.Console;

namespace DistributedMatting.Cli.Evaluation;

/// <summary>Scores as a table, as CSV and as JSON.</summary>
internal static class ScoreReport
{
    public static Table Table(IReadOnlyCollection<Score> scores)
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn("image");
        foreach (var column in new[] { "SAD", "MSE ×10³", "gradient", "connectivity", "seconds" })
            table.AddColumn(new TableColumn(column).RightAligned());
        foreach (var score in scores) Row(table, score.Name, score.Errors, score.Seconds);
        table.AddEmptyRow();
        Row(table, "mean", Score.Mean(scores), scores.Average(score => score.Seconds));
        return table;
    }

    public static string Csv(IReadOnlyCollection<Score> scores)
    {
        var csv = new StringBuilder("image,sad,mse,gradient,connectivity,seconds\n");
        foreach (var score in scores) Line(csv, score.Name, score.Errors, score.Seconds);
        Line(csv, "mean", Score.Mean(scores), scores.Average(score => score.Seconds));
        return csv.ToString();
    }

    public static JsonObject Json(string method, IReadOnlyCollection<Score> scores) => new()
    {
        ["method"] = method,
        ["mean"] = Errors(Score.Mean(scores)),
        ["images"] = new JsonArray([.. scores.Select(score =>
        {
            var item = Errors(score.Errors);
            item.Insert(0, "name", score.Name);
            item["seconds"] = score.Seconds;
            return (JsonNode)item;
        })]),
    };

    private static JsonObject Errors(MattingErrors errors) => JsonOutput.Object(errors);

    private static void Row(Table table, string name, MattingErrors errors, double seconds) => table.AddRow(
        Markup.Escape(name), Text(errors.Sad), Text(errors.Mse * 1000), Text(errors.Gradient), Text(errors.Connectivity), Text(seconds));

    private static string Text(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private static void Line(StringBuilder csv, string name, MattingErrors errors, double seconds)
    {
        var quoted = name.AsSpan().ContainsAny(",\"\r\n") ? $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : name;
        csv.Append(CultureInfo.InvariantCulture, $"{quoted},{errors.Sad},{errors.Mse},{errors.Gradient},{errors.Connectivity},{seconds:0.000}\n");
    }
}
