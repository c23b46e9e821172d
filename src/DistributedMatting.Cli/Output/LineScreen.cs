using System.Globalization;

namespace DistributedMatting.Cli.Output;

/// <summary>Plain lines for logs: a line when a step ends, and one every ten seconds while it goes on.</summary>
internal sealed class LineScreen(TextWriter writer, TimeProvider clock) : IScreen
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly HashSet<string> _over = [];
    private long _lastLine = clock.GetTimestamp();

    public void Say(string line)
    {
        lock (_lock) writer.WriteLine(line);
    }

    public void Show(Step step)
    {
        lock (_lock)
        {
            if (_over.Contains(step.Name)) return;
            if (!step.IsOver && clock.GetElapsedTime(_lastLine) < Interval) return;
            if (step.IsOver) _over.Add(step.Name);

            _lastLine = clock.GetTimestamp();
            writer.WriteLine(Line(step));
        }
    }

    private static string Line(Step step)
    {
        string[] parts =
        [
            step.Amount,
            step.Reused > 0 ? string.Create(CultureInfo.InvariantCulture, $"{step.Reused} were there") : "",
            step.Rate,
            step.IsOver ? "in " + Step.Duration(step.Elapsed) : step.Left,
        ];
        return $"{step.Name}: {string.Join(", ", parts.Where(part => part.Length > 0))}";
    }
}
