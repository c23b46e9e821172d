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

    /// <summary>Interrupted; what is finished is kept.</summary>
    public const int Interrupted = 130;
}
