using System.CommandLine;
using System.Globalization;
using DistributedMatting.Cli.Bench;
using DistributedMatting.Cli.Demo;
using DistributedMatting.Cli.Errors;
using DistributedMatting.Cli.Models;
using DistributedMatting.Cli.Options;
using DistributedMatting.Cli.Output;
using DistributedMatting.Core;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Imaging;
using DistributedMatting.Scenes;
using DistributedMatting.Workstation.Bench;
using DistributedMatting.Workstation.Files;

namespace DistributedMatting.Cli.Commands;

/// <summary><c>matting bench</c>: the network alone, our pipeline, and crop-and-stitch as people write it, side by side.</summary>
internal static class BenchCommand
{
    /// <summary>With it, a process measures one method; without, it starts such processes.</summary>
    public const string WorkerOption = "--worker";

    private const string CropAndStitchPatches = "--crop-and-stitch-patches";

    // A shared machine's speed wanders by a tenth within minutes.
    private const int StandardRounds = 3;

    private sealed record Choices(
        string Folder, int Size, int Seed, string? Plate, string? Trimap, int Rounds, int? CropAndStitchPatches, string? Worker, bool Json, MattingChoices Matting);

    public static Command Create()
    {
        var output = new Option<string>("--output", "-o") { Description = "Folder where the demo plate is, or is rendered.", HelpName = "DIR", DefaultValueFactory = _ => "demo-output" };
        var size = Limits.Whole("--size", "Side of the demo plate in pixels; default 6000", Scene.SmallestSize, Scene.LargestSize);
        var seed = Limits.Whole("--seed", "Which demo plate; default 1", 0, int.MaxValue);
        var plate = new Option<string?>("--plate") { Description = "A plate of yours instead of the demo's.", HelpName = "FILE" };
        var trimap = new Option<string?>("--trimap") { Description = "Its trimap.", HelpName = "FILE" };
        var rounds = Limits.Whole("--rounds", "Times that each method is measured, in turn; the medians count; default 3", 1, 100);
        var patches = Limits.Whole(CropAndStitchPatches, "Patches that crop-and-stitch is measured on, spread evenly, its time scaled up to all; default: one in 1 + contexts, which takes about as long as the pipeline for all", 1, MattingSettings.MaxCandidates);
        var worker = new Option<string?>(WorkerOption) { Hidden = true };
        var json = CommonOptions.Json();
        var matting = new MattingOptions();

        var command = new Command("bench", "Measures the network's calls alone, the pipeline, crop-and-stitch as people write it today, and closed-form matting of the whole plate.")
        {
            output, size, seed, plate, trimap, rounds, patches, worker, json,
        };
        matting.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(
            new Choices(
                parsed.GetRequiredValue(output),
                parsed.GetValue(size) ?? DemoCommand.StandardSize,
                parsed.GetValue(seed) ?? DemoCommand.StandardSeed,
                parsed.GetValue(plate),
                parsed.GetValue(trimap),
                parsed.GetValue(rounds) ?? StandardRounds,
                parsed.GetValue(patches),
                parsed.GetValue(worker),
                parsed.GetValue(json),
                matting.Read(parsed)),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Choices choices, CancellationToken cancellation)
    {
        if (choices.Worker is not null)
        {
            using var loaded = LoadedModel.Load(choices.Matting);
            var files = PlateFiles.Check(choices.Plate ?? "", choices.Trimap, new ImageLimits());
            JsonOutput.Write(JsonOutput.Object(await BenchWorker.MeasureAsync(choices.Worker, loaded, files, choices.CropAndStitchPatches, cancellation)));
            return ExitCodes.Ok;
        }

        if (choices.Plate is null != choices.Trimap is null)
            throw new InvalidInputException("--plate and --trimap go together; give both, or none for the demo plate");
        LoadedModel.Load(choices.Matting).Dispose(); // refused here, and not after minutes of rendering
        if (choices.Plate is not null) PlateFiles.Check(choices.Plate, choices.Trimap, new ImageLimits());

        var report = await Screens.RunAsync(screen => MeasureAsync(choices, screen, cancellation));
        if (choices.Json) JsonOutput.Write(report.Json());
        else report.Print();
        return ExitCodes.Ok;
    }

    // The methods take turns, so that a machine that warms up or is busy for a while hits all of them alike.
    private static async Task<BenchReport> MeasureAsync(Choices choices, IScreen screen, CancellationToken cancellation)
    {
        var (plate, trimap) = choices.Plate is null
            ? RenderDemo(choices, screen, cancellation)
            : (choices.Plate, choices.Trimap!);
        string[] patches = choices.CropAndStitchPatches is { } count ? [CropAndStitchPatches, count.ToString(CultureInfo.InvariantCulture)] : [];
        var measured = BenchReport.Methods.ToDictionary(method => method, _ => new List<BenchResult>());
        // Closed-form matting is a yardstick, no part of a ratio that must be near to one: once is enough.
        var taken = BenchReport.Methods.Where(method => method != BenchReport.ClosedForm).ToArray();
        var done = screen.Begin("measure", (long)choices.Rounds * taken.Length + 1, "runs");
        for (var round = 0; round < choices.Rounds; round++)
        {
            foreach (var method in round == 0 ? BenchReport.Methods : taken)
            {
                string[] arguments = ["bench", WorkerOption, method, "--plate", plate, "--trimap", trimap, .. patches, .. choices.Matting.Arguments()];
                measured[method].Add(await BenchChild.RunAsync(arguments, cancellation));
                done(measured.Values.Sum(list => list.Count));
            }
        }

        return new BenchReport(measured);
    }

    private static (string Plate, string Trimap) RenderDemo(Choices choices, IScreen screen, CancellationToken cancellation)
    {
        var demo = new DemoFiles(choices.Folder);
        demo.Prepare(force: false);
        if (!demo.IsRendered(choices.Size, choices.Seed))
        {
            demo.MarkUnrendered();
            DemoRendering.Render(demo, choices.Size, choices.Seed, choices.Matting.Limits.Threads, screen, cancellation);
            demo.MarkRendered(choices.Size, choices.Seed);
        }

        return (demo.Plate, demo.Trimap);
    }
}
