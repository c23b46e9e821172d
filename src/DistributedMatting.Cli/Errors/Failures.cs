using DistributedMatting.Cli.Remote;
using DistributedMatting.Cli.Remote.Client;
using DistributedMatting.Core;
using DistributedMatting.Core.Storage;

namespace DistributedMatting.Cli.Errors;

/// <summary>Turns whatever stopped a command into one line and an exit code.</summary>
internal static class Failures
{
    /// <summary>Set to 1, unexpected errors show their stack.</summary>
    public const string DebugVariable = "MATTING_DEBUG";

    /// <summary>Writes the line on standard error and gives the exit code.</summary>
    /// <param name="exception">What stopped the command.</param>
    /// <param name="resumes">Whether the same command goes on where it stopped.</param>
    public static int Report(Exception exception, bool resumes = false)
    {
        switch (Innermost(exception))
        {
            case InvalidInputException e:
                Line(e.Message);
                return ExitCodes.BadInput;
            case ServiceException e:
                Line(e.Message);
                return ExitCodes.NoService;
            case GoesOnException e:
                Line(e.Message);
                return ExitCodes.Interrupted;
            case OperationCanceledException:
                Line(resumes
                    ? "stopped; finished patches are kept, and the same command goes on where it stopped"
                    : "stopped; nothing is left behind");
                return ExitCodes.Interrupted;
            case Exception e when e is IOException or UnauthorizedAccessException:
                // Nobody on the way knew which file was meant; the runtime's words name it.
                Line($"reading or writing failed: {e.Message.TrimEnd('.')}{(DiskErrors.Why(e) is { } why ? $": {why}" : "")}");
                return ExitCodes.BadInput;
            case var e:
                Line($"{e.GetType().Name}: {e.Message} This is a bug in matting; {DebugVariable}=1 shows where.");
                if (Environment.GetEnvironmentVariable(DebugVariable) == "1") Console.Error.WriteLine(exception);
                return ExitCodes.Bug;
        }
    }

    private static Exception Innermost(Exception exception) => exception switch
    {
        AggregateException { InnerException: { } inner } => Innermost(inner),
        TypeInitializationException { InnerException: { } inner } => Innermost(inner),
        _ => exception,
    };

    private static void Line(string message) =>
        Console.Error.WriteLine("matting: " + message.ReplaceLineEndings(" ").Trim());
}
