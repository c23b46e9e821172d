using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using DistributedMatting.Core.Jobs;

namespace DistributedMatting.Dashboard.Testing.Jobs;

/// <summary>Events with rising numbers, kept for watchers who come back.</summary>
internal sealed class EventLog
{
    public static readonly JsonSerializerOptions OneLine = new(JobJson.Options) { WriteIndented = false };

    private readonly Lock _gate = new();
    private readonly List<string> _events = [];
    private readonly List<Channel<string>> _watchers = [];

    public void Add(string name, object data)
    {
        lock (_gate)
        {
            var line = Line(_events.Count + 1, name, data);
            _events.Add(line);
            foreach (var watcher in _watchers) watcher.Writer.TryWrite(line);
        }
    }

    /// <summary>What came after an event, and what comes; null for the event begins with the snapshot.</summary>
    public ChannelReader<string> Watch(int? seen, Func<object> snapshot)
    {
        var channel = Channel.CreateUnbounded<string>();
        lock (_gate)
        {
            if (seen is { } from and >= 0 && from <= _events.Count)
                foreach (var line in _events[from..]) channel.Writer.TryWrite(line);
            else
                channel.Writer.TryWrite(Line(_events.Count, "snapshot", snapshot()));
            _watchers.Add(channel);
        }

        return channel.Reader;
    }

    private static string Line(int number, string name, object data) => string.Create(
        CultureInfo.InvariantCulture, $"id: {number}\nevent: {name}\ndata: {JsonSerializer.Serialize(data, OneLine)}\n\n");
}
