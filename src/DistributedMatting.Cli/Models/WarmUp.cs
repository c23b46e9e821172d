using DistributedMatting.Cli.Commands;
using DistributedMatting.Workstation.WarmUp;

namespace DistributedMatting.Cli.Models;

/// <summary>
/// Has the code of all stages compiled beside everything that a process does before its first plate. Compiled code is the
/// process's own, so this is too: begun once, by the command's name, long before anybody can say which model it will be.
/// </summary>
internal sealed class WarmUp : IDisposable
{
    private static readonly string[] Mattes = ["run", "demo", "evaluate", "bench", "serve"];
    private static WarmUp? _begun;

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _task;

    private WarmUp() => _task = Task.Run(() => PipelineWarmUp.RunAsync(_stop.Token));

    /// <summary>Begins, if the command is one that mattes; to be disposed when it has ended.</summary>
    public static WarmUp? Begin(IReadOnlyList<string> arguments) =>
        arguments.Count > 0 && Mattes.Contains(arguments[0]) && !IsBenchItself(arguments) ? _begun = new WarmUp() : null;

    // It starts processes that are measured, and mattes nothing.
    private static bool IsBenchItself(IReadOnlyList<string> arguments) => arguments[0] == "bench" && !arguments.Contains(BenchCommand.WorkerOption);

    /// <summary>Waits until a plate finds all code compiled.</summary>
    public static void Finish() => _begun?._task.GetAwaiter().GetResult();

    /// <summary>Ends it, if it has not ended: the command had no use for it.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _task.GetAwaiter().GetResult();
        _stop.Dispose();
    }
}
