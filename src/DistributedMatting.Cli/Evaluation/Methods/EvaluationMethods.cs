using DistributedMatting.Cli.Models;
using DistributedMatting.Cli.Options;

namespace DistributedMatting.Cli.Evaluation.Methods;

/// <summary>The ways to a matte, by name.</summary>
internal static class EvaluationMethods
{
    public const string Standard = "hdmatt";

    public static readonly string[] Names = [Standard, "hdmatt-no-context", "half", "blurred-trimap", "closed-form"];

    /// <summary>Whether a method has a network, to which options may say something.</summary>
    public static bool IsNetwork(string name) => name.StartsWith(Standard, StringComparison.Ordinal);

    /// <summary>Only the network's methods load the model.</summary>
    public static IEvaluationMethod Create(string name, MattingChoices choices) => name switch
    {
        "half" => new TrimapHalf(),
        "blurred-trimap" => new TrimapBlurred(),
        "closed-form" => new ClosedForm(choices.Limits.Threads),
        "hdmatt-no-context" => new HdMatt(LoadedModel.Load(choices with { Contexts = 0 })),
        _ => new HdMatt(LoadedModel.Load(choices)),
    };
}
