using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Web.Uploads;

namespace DistributedMatting.Web.Jobs.Streams;

/// <summary>
/// What is told becomes text once, however many are told: five hundred watchers get the same bytes, and a snapshot is
/// put together from those of its jobs.
/// </summary>
internal static class EventText
{
    // Some kilobyte each.
    private const int Kept = 4096;

    private static readonly JsonSerializerOptions OneLine = Create();
    private static readonly JsonSerializerOptions OneLineOfParts = new(OneLine) { Converters = { new WrittenJob() } };
    private static readonly ConditionalWeakTable<object, byte[]> Texts = [];

    private static int _written;

    /// <summary>JSON in UTF-8, on one line. The object never changes.</summary>
    public static ReadOnlySpan<byte> Of(object data) => Texts.GetValue(data, Write);

    /// <summary>Writes one event as it goes over the wire.</summary>
    /// <returns>How many bytes it is.</returns>
    public static int Write(IBufferWriter<byte> target, EventStream.Message message)
    {
        var head = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {message.Id}\nevent: {message.Name}\ndata: "));
        var data = Of(message.Data);
        target.Write(head);
        target.Write(data);
        target.Write("\n\n"u8);
        return head.Length + data.Length + 2;
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JobJson.Options) { WriteIndented = false };
        ShownPaths.ApplyTo(options);
        return options;
    }

    private static byte[] Write(object data)
    {
        // A job's last status stays for as long as the job does; its text is wanted for a moment.
        if (Interlocked.Increment(ref _written) % Kept == 0) Texts.Clear();
        return JsonSerializer.SerializeToUtf8Bytes(data, data.GetType(), data is JobStatus ? OneLine : OneLineOfParts);
    }

    /// <summary>A job within something else: its text is there already, or is wanted again.</summary>
    private sealed class WrittenJob : JsonConverter<JobStatus>
    {
        public override JobStatus Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, JobStatus value, JsonSerializerOptions options) => writer.WriteRawValue(Of(value), skipInputValidation: true);
    }
}
