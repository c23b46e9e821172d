using System.Text.Json.Nodes;

namespace DistributedMatting.Deploy.Tests.Support;

/// <summary>The renderer and the schemas of Tools/, laid out by eng/chart-tools.sh; without them a test is skipped by name.</summary>
internal static class ChartTools
{
    private static readonly Lazy<string> Missing = new(() => Words.Of(null, "bash", Repository.At("eng", "chart-tools.sh")) is { Code: not 0 } failed ? failed.Error.Trim() : "");

    /// <summary>What <c>helm template</c> would say.</summary>
    public static Words Render(params string[] words) => RenderAs("farm", words);

    /// <summary>The same for a release of another name.</summary>
    public static Words RenderAs(string release, params string[] words) => Run("template", release, words);

    /// <summary>The values that the chart's templates see.</summary>
    public static JsonObject Values(params string[] words)
    {
        var said = Run("values", "farm", words);
        Assert.True(said.Code == 0, said.Error);
        return JsonNode.Parse(said.Output)!.AsObject();
    }

    /// <summary>The objects in files of YAML, and what Kubernetes would find wrong with them; by file.</summary>
    public static JsonObject Objects(params string[] files) => Node(null, "objects.mjs", files);

    /// <summary>What the schema of a chart finds wrong with values, by their name; nothing where all is well.</summary>
    public static Dictionary<string, string[]> Errors(string schema, IEnumerable<KeyValuePair<string, JsonNode>> values) =>
        Node(new JsonObject(values.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value.DeepClone()))).ToJsonString(), "values.mjs", schema)
            .ToDictionary(pair => pair.Key, pair => pair.Value!.AsArray().Select(error => (string)error!).ToArray());

    private static Words Run(string verb, string release, string[] words)
    {
        Require();
        return Words.Of(null, Repository.At("artifacts", "chart", "render"), [verb, release, Repository.Chart, "-n", "studio", .. words]);
    }

    private static JsonObject Node(string? input, string script, params string[] words)
    {
        Require();
        var said = Words.Of(input, "node", [Repository.At("artifacts", "chart", script), .. words]);
        Assert.True(said.Code == 0, $"{script}: {said.Error}");
        return JsonNode.Parse(said.Output)!.AsObject();
    }

    private static void Require() => Assert.SkipWhen(Missing.Value.Length > 0, Missing.Value);
}
