namespace DistributedMatting.Workstation.Files;

/// <summary>Lines that a person should read: told as they come, each once, and kept for the report. Any thread may add.</summary>
internal sealed class Warnings(Action<string>? say)
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

        say?.Invoke(line);
    }
}
