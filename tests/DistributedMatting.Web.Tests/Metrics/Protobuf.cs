namespace DistributedMatting.Web.Tests.Metrics;

/// <summary>The fields of a protobuf message, by number: as much of the wire format as OTLP's messages need.</summary>
internal sealed class Protobuf
{
    private readonly List<(int Number, ReadOnlyMemory<byte> Bytes)> _fields = [];

    public Protobuf(ReadOnlyMemory<byte> message)
    {
        for (var at = 0; at < message.Length;)
        {
            var tag = (int)Varint(message.Span, ref at);
            var length = (tag & 7) switch
            {
                0 => Skipped(message.Span, at),
                1 => 8,
                2 => (int)Varint(message.Span, ref at),
                5 => 4,
                var wire => throw new InvalidDataException($"wire type {wire} is not of this format"),
            };
            _fields.Add((tag >> 3, message.Slice(at, length)));
            at += length;
        }
    }

    /// <summary>The messages in a repeated field.</summary>
    public IEnumerable<Protobuf> All(int number) => _fields.Where(field => field.Number == number).Select(field => new Protobuf(field.Bytes));

    /// <summary>A field that is text; empty where it is not there.</summary>
    public string Text(int number) => System.Text.Encoding.UTF8.GetString(Bytes(number).Span);

    /// <summary>A field that is bytes, in hexadecimal digits; empty where it is not there.</summary>
    public string Hex(int number) => Convert.ToHexStringLower(Bytes(number).Span);

    private ReadOnlyMemory<byte> Bytes(int number) => _fields.FirstOrDefault(field => field.Number == number).Bytes;

    private static int Skipped(ReadOnlySpan<byte> message, int at)
    {
        var end = at;
        Varint(message, ref end);
        return end - at;
    }

    private static ulong Varint(ReadOnlySpan<byte> message, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var part = message[at++];
            value |= (ulong)(part & 127) << shift;
            if (part < 128) return value;
        }
    }
}
