using System.Text.Json.Nodes;
using DistributedMatting.Deploy.Tests.Support;

namespace DistributedMatting.Deploy.Tests.Chart;

/// <summary>The chart, rendered once for each set of values that people are likely to begin with.</summary>
internal static class Rendered
{
    private static readonly Lazy<Dictionary<string, JsonNode>> All = new(Make);

    /// <summary>The names of the sets.</summary>
    public static readonly TheoryData<string> Sets = ["default", "cpu", "gpu", "external-redis", "scale-to-zero", "prometheus"];

    /// <summary>The file of a set; null for the chart's own values.</summary>
    public static string? File(string set) => set == "default" ? null : Path.Combine(Repository.Chart, "ci", set + "-values.yaml");

    /// <summary>The words that render a set.</summary>
    public static string[] Words(string set) => File(set) is { } file ? ["-f", file] : [];

    /// <summary>The objects of a set.</summary>
    public static JsonObject[] Objects(string set) => [.. All.Value[set]["objects"]!.AsArray().Select(one => one!.AsObject())];

    /// <summary>The objects of a set, of one kind.</summary>
    public static JsonObject[] Objects(string set, string kind) => [.. Objects(set).Where(one => (string?)one["kind"] == kind)];

    /// <summary>What is wrong with them.</summary>
    public static string[] Errors(string set) => [.. All.Value[set]["errors"]!.AsArray().Select(error => (string)error!)];

    /// <summary>The pods that a set makes, as (what makes them, template).</summary>
    public static (string Owner, JsonNode Template)[] Pods(string set) =>
    [
        .. Objects(set).Where(one => one["spec"]?["template"] is not null).Select(one => (Name(one), one["spec"]!["template"]!)),
        .. Objects(set, "Pod").Select(one => (Name(one), (JsonNode)one)),
    ];

    /// <summary>For messages.</summary>
    public static string Name(JsonNode one) => $"{one["kind"]} {one["metadata"]!["name"]}";

    private static Dictionary<string, JsonNode> Make()
    {
        var folder = Directory.CreateTempSubdirectory("matting-chart-");
        try
        {
            var files = Sets.ToDictionary(row => row.Data, row => Write(folder, row.Data));
            var answer = ChartTools.Objects([.. files.Values]);
            return files.ToDictionary(pair => pair.Key, pair => answer[pair.Value]!);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Write(DirectoryInfo folder, string set)
    {
        var said = ChartTools.Render(Words(set));
        Assert.True(said.Code == 0, $"{set}: {said.Error}");
        var file = Path.Combine(folder.FullName, set + ".yaml");
        System.IO.File.WriteAllText(file, said.Output);
        return file;
    }
}
