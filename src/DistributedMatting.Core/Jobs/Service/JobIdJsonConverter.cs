using System.Text.Json;
using System.Text.Json.Serialization;

namespace DistributedMatting.Core.Jobs.Service;

/// <summary>A <see cref="JobId"/> as a JSON string.</summary>
public sealed class JobIdJsonConverter : JsonConverter<JobId>
{
    /// <inheritdoc/>
    public override JobId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JobId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException("a job's name is 16 lower-case hexadecimal digits");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, JobId value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value.ToString());
    }
}
