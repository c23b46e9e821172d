using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using DistributedMatting.Cli.Output;
using Spectre.Console;

namespace DistributedMatting.Cli.Evaluation;

/// <summary>Scores as a table, as CSV and as JSON.</summary>
internal static class ScoreReport
{
    public static Table Table(IReadOnlyCollection<Score> scores)
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn("image");
        var blind = Score.MeanBlind(scores);
        string[] columns = ["SAD", "MSE ×10³", "gradient", "connectivity", .. blind is null ? Array.Empty<string>() : ["blind patches", "their MSE ×10³"], "seconds"];
        foreach (var column in columns) table.AddColumn(new TableColumn(column).RightAligned());
        foreach (var score in scores) Row(table, score, blind is not null);
        table.AddEmptyRow();
        Row(table, Mean(scores), blind is not null);
        return table;
    }

    private static Score Mean(IReadOnlyCollection<Score> scores) =>
        new("mean", Score.Mean(scores), Score.MeanBlind(scores), scores.Average(score => score.Seconds));

    public static string Csv(IReadOnlyCollection<Score> scores)
    {
        var csv = new StringBuilder("image,sad,mse,gradient,connectivity,seconds,blind_patches,blind_sad,blind_mse\n");
        foreach (var score in scores) Line(csv, score);
        Line(csv, Mean(scores));
        return csv.ToString();
    }

    public static JsonObject Json(string method, IReadOnlyCollection<Score> scores) => new()
    {
        ["method"] = method,
        ["mean"] = Errors(Mean(scores)),
        ["images"] = new JsonArray([.. scores.Select(score =>
        {
            var item = Errors(score);
            item.Insert(0, "name", score.Name);
            item["seconds"] = score.Seconds;
            return (JsonNode)item;
        })]),
    };

    private static JsonObject Errors(Score score)
    {
        var json = JsonOutput.Object(score.Errors);
        (json["blind_patches"], json["blind_sad"], json["blind_mse"]) = (score.Blind?.Patches ?? 0, score.Blind?.Sad, score.Blind?.Mse);
        return json;
    }

    private static void Row(Table table, Score score, bool blind)
    {
        var errors = score.Errors;
        string[] cells =
        [
            Markup.Escape(score.Name), Text(errors.Sad), Text(errors.Mse * 1000), Text(errors.Gradient), Text(errors.Connectivity),
            .. blind ? [(score.Blind?.Patches ?? 0).ToString(CultureInfo.InvariantCulture), score.Blind is null ? "–" : Text(score.Blind.Mse * 1000)] : Array.Empty<string>(),
            Text(score.Seconds),
        ];
        table.AddRow(cells);
    }

    private static string Text(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private static void Line(StringBuilder csv, Score score)
    {
        var (name, errors) = (score.Name, score.Errors);
        var quoted = name.AsSpan().ContainsAny(",\"\r\n") ? $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : name;
        csv.Append(CultureInfo.InvariantCulture, $"{quoted},{errors.Sad},{errors.Mse},{errors.Gradient},{errors.Connectivity},{score.Seconds:0.000},{score.Blind?.Patches ?? 0},{score.Blind?.Sad},{score.Blind?.Mse}\n");
    }
}
