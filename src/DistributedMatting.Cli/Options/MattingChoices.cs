using System.Globalization;
using DistributedMatting.Workstation;

namespace DistributedMatting.Cli.Options;

/// <summary>What a person chose for a matting command. Null takes what the model was made for.</summary>
/// <param name="Model">Name or folder of the model; null takes the standard one.</param>
/// <param name="Device">cpu, cuda or cuda:N.</param>
/// <param name="Patch">Side of a patch in pixels.</param>
/// <param name="Margin">Overlap of neighbouring patches in pixels.</param>
/// <param name="Contexts">Context patches of each query.</param>
/// <param name="Candidates">Patches that may be contexts; 0 takes all.</param>
/// <param name="Limits">What this machine may spend.</param>
internal sealed record MattingChoices(
    string? Model, string Device, int? Patch, int? Margin, int? Contexts, int? Candidates, WorkstationLimits Limits)
{
    /// <summary>The same choices as arguments of a command line.</summary>
    public IEnumerable<string> Arguments()
    {
        (string Name, object? Value)[] all =
        [
            ("--model", Model), ("--device", Device), ("--patch", Patch), ("--margin", Margin), ("--contexts", Contexts),
            ("--candidates", Candidates), ("--threads", Limits.Threads), ("--memory", Limits.MemoryBytes),
        ];
        return all
            .Where(option => option.Value is not null)
            .SelectMany(option => new[] { option.Name, Convert.ToString(option.Value, CultureInfo.InvariantCulture)! });
    }
}
