using Spectre.Console;
using Spectre.Console.Rendering;

namespace DistributedMatting.Cli.Output;

/// <summary>A bar for each step, with units a second and time left.</summary>
internal sealed class BarScreen : IScreen
{
    private readonly IAnsiConsole _console;
    private readonly ProgressContext _bars;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ProgressTask> _tasks = [];

    private BarScreen(IAnsiConsole console, ProgressContext bars)
    {
        _console = console;
        _bars = bars;
    }

    /// <summary>Shows bars while the work goes on.</summary>
    public static Task<T> RunAsync<T>(Func<IScreen, Task<T>> work)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress()
            .AutoRefresh(true)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new PercentageColumn(),
                new StepColumn(step => step.Rate),
                new StepColumn(step => step.Left))
            .StartAsync(bars => work(new BarScreen(console, bars)));
    }

    public void Say(string line) => _console.WriteLine(line);

    public void Show(Step step)
    {
        ProgressTask? task;
        lock (_lock)
        {
            if (!_tasks.TryGetValue(step.Name, out task))
                _tasks[step.Name] = task = _bars.AddTask(step.Name, autoStart: true, maxValue: Math.Max(1, step.Total));
        }

        task.State.Update<Step>(StepColumn.Key, _ => step);
        task.Value = step.Total == 0 ? 1 : step.Done;
    }

    private sealed class StepColumn(Func<Step, string> text) : ProgressColumn
    {
        public const string Key = "step";

        protected override bool NoWrap => true;

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text(text(task.State.Get<Step>(Key)), new Style(Color.Grey));
    }
}
