namespace DistributedMatting.Cli.Errors;

/// <summary>What the process says to the script that called it.</summary>
internal static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Ok = 0;

    /// <summary>A mistake of ours.</summary>
    public const int Bug = 1;

    /// <summary>Something that was given to us is wrong; one line says what.</summary>
    public const int BadInput = 2;

    /// <summary>The job that was waited for has failed.</summary>
    public const int JobFailed = 3;

    /// <summary>The job that was waited for was cancelled.</summary>
    public const int JobCancelled = 4;

    /// <summary>The service cannot be reached, or fails.</summary>
    public const int NoService = 5;

    /// <summary>Interrupted; what is finished is kept.</summary>
    public const int Interrupted = 130;

    /// <summary>For the help of a command: what it can answer, in one line.</summary>
    /// <param name="asksService">The command talks to a service.</param>
    /// <param name="success">What success means where the command can wait for a job; null where it cannot.</param>
    public static string Help(bool asksService, string? success)
    {
        string[] lines =
        [
            $"{Ok} {success ?? "done"}",
            $"{BadInput} something that was given is wrong{(asksService ? ", or the service refuses it" : "")}",
            .. success is not null ? [$"{JobFailed} the job has failed", $"{JobCancelled} it was cancelled"] : Array.Empty<string>(),
            .. asksService ? [$"{NoService} the service cannot be reached, or fails"] : Array.Empty<string>(),
            $"{Interrupted} interrupted{(success is null ? "" : ", the job goes on")}",
            $"{Bug} a mistake of ours",
        ];
        return "Exit codes: " + string.Join("; ", lines) + ".";
    }
}
