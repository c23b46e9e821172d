using System.CommandLine;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Workstation;

namespace DistributedMatting.Cli.Options;

/// <summary>What every command that mattes can be told, with its limits: defined here and nowhere else.</summary>
internal sealed class MattingOptions
{
    private const int LeastPatch = 64;
    private const int MostPatch = 2048;

    private readonly Option<string> _model = new("--model", "-m")
    {
        Description = "A model's name under models/weights, or a folder with card.json (default: hdmatt-s).",
        HelpName = "NAME|FOLDER",
    };

    private readonly Option<string> _device = new("--device")
    {
        Description = "Where the network runs: cpu, cuda or cuda:N.",
        HelpName = "NAME",
        DefaultValueFactory = _ => "cpu",
    };

    private readonly Option<int?> _patch = Limits.Whole(
        "--patch", "Side of a patch in pixels; the model's own where it knows only one", LeastPatch, MostPatch, multipleOf: 8);

    private readonly Option<int?> _margin = Limits.Whole(
        "--margin", "Overlap of neighbouring patches in pixels, half a patch at most; default: the model's", 0, MostPatch / 2);

    private readonly Option<int?> _contexts = Limits.Whole(
        "--contexts", "Context patches of each query that draws on any; 0 removes contexts; default: the model's", 0, MattingSettings.MaxContexts);

    private readonly Option<int?> _candidates = Limits.Whole(
        "--candidates", "Patches that may be contexts, spread evenly; 0 takes all; default 0", 0, MattingSettings.MaxCandidates);

    private readonly Option<int?> _threads = Limits.Whole(
        "--threads", "Patches in work at once; default: one a processor", 1, WorkstationLimits.MaxThreads);

    private readonly Option<long?> _memory = Limits.Memory(
        "--memory", "Memory that the process should stay below; default 1152M", WorkstationLimits.MinMemoryBytes, WorkstationLimits.MaxMemoryBytes);

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        Option[] all = [_model, _device, _patch, _margin, _contexts, _candidates, _threads, _memory];
        foreach (var option in all) command.Options.Add(option);
    }

    /// <summary>The options that were given and say something to a network alone.</summary>
    public IReadOnlyList<string> OfNetwork(ParseResult parsed) =>
    [
        .. new Option[] { _model, _device, _patch, _margin, _contexts, _candidates, _memory }
            .Where(option => parsed.GetResult(option) is { Implicit: false }).Select(option => option.Name),
    ];

    /// <summary>What was chosen.</summary>
    public MattingChoices Read(ParseResult parsed)
    {
        var limits = new WorkstationLimits();
        return new MattingChoices(
            parsed.GetValue(_model),
            parsed.GetValue(_device)!,
            parsed.GetValue(_patch),
            parsed.GetValue(_margin),
            parsed.GetValue(_contexts),
            parsed.GetValue(_candidates),
            limits with
            {
                Threads = parsed.GetValue(_threads) ?? limits.Threads,
                MemoryBytes = parsed.GetValue(_memory) ?? limits.MemoryBytes,
            });
    }
}
