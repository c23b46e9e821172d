using System.Text.Json;
using System.Text.Json.Nodes;
using DistributedMatting.Core.Jobs;

namespace DistributedMatting.Cli.Output;

/// <summary>What other people's scripts read: one object on standard output, names in snake_case.</summary>
internal static class JsonOutput
{
    /// <summary>An object from a record, ready to be added to.</summary>
    public static JsonObject Object<T>(T record) => JsonSerializer.SerializeToNode(record, JobJson.Options)!.AsObject();

    /// <summary>Writes the one object.</summary>
    public static void Write(JsonObject value) => Console.Out.WriteLine(value.ToJsonString(JobJson.Options));
}
