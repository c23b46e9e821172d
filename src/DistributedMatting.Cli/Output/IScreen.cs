using System.Diagnostics;
using DistributedMatting.Core.Jobs;

namespace DistributedMatting.Cli.Output;

/// <summary>What a person watches while a command works. All of it goes to standard error; any thread may call.</summary>
internal interface IScreen : IProgress<StageProgress>
{
    /// <summary>Shows one line that stays.</summary>
    void Say(string line);

    /// <summary>Shows what a person should know, though the work goes on.</summary>
    void Warn(string line) => Say("warning: " + line);

    /// <summary>Shows how far a step is. Comes as often as it likes.</summary>
    void Show(Step step);

    void IProgress<StageProgress>.Report(StageProgress value) => Show(Step.Of(value));

    /// <summary>Begins a step of the command's own; call what it gives with the number of units done.</summary>
    Action<long> Begin(string name, long total, string unit)
    {
        var watch = Stopwatch.StartNew();
        return done => Show(new Step(name, done, total, unit, watch.Elapsed));
    }
}
