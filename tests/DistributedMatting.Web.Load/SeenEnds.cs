using System.Text;

namespace DistributedMatting.Web.Load;

/// <summary>What one watcher makes of its stream: which jobs it has seen succeed.</summary>
internal sealed class SeenEnds
{
    private readonly HashSet<string> _ended = [];

    /// <summary>Jobs seen to succeed.</summary>
    public int Ended => _ended.Count;

    /// <summary>Takes whole lines from the beginning of what has come.</summary>
    /// <returns>Bytes taken, and events among them.</returns>
    public (int Bytes, int Events) Take(ReadOnlySpan<byte> text)
    {
        var (taken, events) = (0, 0);
        while (text[taken..].IndexOf((byte)'\n') is var length and >= 0)
        {
            var line = text.Slice(taken, length);
            taken += length + 1;
            if (!line.StartsWith("data: "u8)) continue;
            events++;
            TakeEnds(line);
        }

        return (taken, events);
    }

    // One job, or in a snapshot many: each begins with its id, and its state comes after.
    private void TakeEnds(ReadOnlySpan<byte> line)
    {
        while (line.IndexOf("\"state\":\"succeeded\""u8) is var state and >= 0)
        {
            var id = line[(line[..state].LastIndexOf("{\"id\":\""u8) + 7)..];
            _ended.Add(Encoding.ASCII.GetString(id[..id.IndexOf((byte)'"')]));
            line = line[(state + 1)..];
        }
    }
}
