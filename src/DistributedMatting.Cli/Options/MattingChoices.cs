using DistributedMatting.Core.Jobs;
using DistributedMatting.Workstation;

namespace DistributedMatting.Cli.Options;

/// <summary>What a person chose for a matting command.</summary>
/// <param name="Model">Name or folder of the model; null takes the standard one.</param>
/// <param name="Device">cpu, cuda or cuda:N.</param>
/// <param name="Patch">Side of a patch in pixels; null takes the model's own.</param>
/// <param name="Settings">What changes the alpha.</param>
/// <param name="Limits">What this machine may spend.</param>
internal sealed record MattingChoices(
    string? Model, string Device, int? Patch, MattingSettings Settings, WorkstationLimits Limits);
