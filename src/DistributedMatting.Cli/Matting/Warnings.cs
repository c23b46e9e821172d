using DistributedMatting.Cli.Output;

namespace DistributedMatting.Cli.Matting;

/// <summary>Lines that a person should read: shown as they come, each once, and kept for the report. Any thread may add.</summary>
internal sealed class Warnings(IScreen? screen)
{
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> All
    {
        get
        {
            lock (_lock) return [.. _lines];
        }
    }

    public void Add(string line)
    {
        lock (_lock)
        {
            if (_lines.Contains(line)) return;
            _lines.Add(line);
        }

        screen?.Say("warning: " + line);
    }
}
