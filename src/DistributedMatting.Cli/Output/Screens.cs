using Spectre.Console;
using Spectre.Console.Rendering;

namespace DistributedMatting.Cli.Output;

/// <summary>Bars on a terminal, plain lines anywhere else.</summary>
internal static class Screens
{
    // Where nobody's terminal says how wide it is, a table is not to be folded.
    private const int WidthOfFiles = 120;

    /// <summary>Writes a table to standard output.</summary>
    public static void WriteTable(IRenderable table)
    {
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = WidthOfFiles;
        AnsiConsole.Write(table);
    }

    /// <summary>Runs the work with the screen that fits, and tidies the screen up whatever happens.</summary>
    public static async Task<T> RunAsync<T>(Func<IScreen, Task<T>> work)
    {
        var isTerminal = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");
        return isTerminal
            ? await BarScreen.RunAsync(work)
            : await work(new LineScreen(Console.Error, TimeProvider.System));
    }
}
