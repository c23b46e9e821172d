using System.Text.Json;
using System.Text.Json.Serialization;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Jobs.Service;

namespace DistributedMatting.Cluster.Jobs;

/// <summary>Records of jobs travel as the JSON that the REST API speaks: their shape is told in one place.</summary>
public static class Wire
{
    private static readonly JsonSerializerOptions Options = Create();

    /// <summary>A record as text.</summary>
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <summary>A record from its text.</summary>
    /// <exception cref="JsonException">It is not such a record.</exception>
    public static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, Options) ?? throw new JsonException("an empty record");

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions();
        JobJson.ApplyTo(options);
        options.Converters.Add(new StateSet());
        return options;
    }

    // A set that can only be read is one that the serializer writes but does not read.
    private sealed class StateSet : JsonConverter<IReadOnlySet<JobState>>
    {
        public override IReadOnlySet<JobState>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            JsonSerializer.Deserialize<HashSet<JobState>>(ref reader, options);

        public override void Write(Utf8JsonWriter writer, IReadOnlySet<JobState> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.ToArray(), options);
    }
}
