using System.CommandLine;
using System.Globalization;
using DistributedMatting.Cli.Demo;
using DistributedMatting.Cli.Errors;
using DistributedMatting.Cli.Matting;
using DistributedMatting.Cli.Models;
using DistributedMatting.Cli.Options;
using DistributedMatting.Cli.Output;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Metrics;
using DistributedMatting.Imaging;
using DistributedMatting.Scenes;
using DistributedMatting.Workstation;
using DistributedMatting.Workstation.Files;
using DistributedMatting.Workstation.Memory;

namespace DistributedMatting.Cli.Commands;

/// <summary><c>matting demo</c>: a plate that is hard, with its truth, and the matte that we make of it.</summary>
internal static class DemoCommand
{
    internal const int StandardSize = 6000;
    internal const int StandardSeed = 1;

    private sealed record Choices(string Folder, int Size, int Seed, bool Fresh, bool Force, bool Json, MattingChoices Matting);

    public static Command Create()
    {
        var output = new Option<string>("--output", "-o") { Description = "Folder for the pictures.", HelpName = "DIR", DefaultValueFactory = _ => "demo-output" };
        var size = Limits.Whole("--size", "Side of the plate in pixels; default 6000", Scene.SmallestSize, Scene.LargestSize);
        var seed = Limits.Whole("--seed", "Another number, another scene; default 1", 0, int.MaxValue);
        var (json, force, fresh) = (CommonOptions.Json(), CommonOptions.Force(), CommonOptions.Fresh());
        var matting = new MattingOptions();

        var command = new Command("demo", "Renders a plate with hair, fur, twigs, smoke and a fence, mattes it, and compares the matte with the truth.")
        {
            output, size, seed, fresh, force, json,
        };
        matting.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(
            new Choices(
                parsed.GetRequiredValue(output),
                parsed.GetValue(size) ?? StandardSize,
                parsed.GetValue(seed) ?? StandardSeed,
                parsed.GetValue(fresh),
                parsed.GetValue(force),
                parsed.GetValue(json),
                matting.Read(parsed)),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Choices choices, CancellationToken cancellation)
    {
        using var model = LoadedModel.Load(choices.Matting);
        var files = new DemoFiles(choices.Folder);
        files.Prepare(choices.Force);
        var (report, errors) = await Screens.RunAsync(screen => DemonstrateAsync(choices, files, model, screen, cancellation));

        if (choices.Json)
        {
            var json = Outcome.Json(files.Alpha, model.Model, report);
            json["sad"] = errors.Sad;
            json["mse"] = errors.Mse;
            json["size"] = choices.Size;
            json["seed"] = choices.Seed;
            json["plate"] = files.Plate;
            json["trimap"] = files.Trimap;
            json["true_alpha"] = files.TrueAlpha;
            json["true_foreground"] = files.TrueForeground;
            json["composite"] = files.Composite;
            JsonOutput.Write(json);
        }
        else
        {
            foreach (var line in ReportText.Lines(report)) Console.WriteLine(line);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"against the truth, in the unknown region: SAD {errors.Sad:0.0} (thousands), MSE {errors.Mse * 1000:0.00} ×10⁻³"));
            Console.WriteLine($"plate      {files.Plate}\ntrimap     {files.Trimap}\nmatte      {files.Alpha}\ncomposite  {files.Composite} (matte and true colours over a checker)");
        }

        return ExitCodes.Ok;
    }

    private static async Task<(MattingReport Report, DifferenceSums Errors)> DemonstrateAsync(
        Choices choices, DemoFiles demo, LoadedModel model, IScreen screen, CancellationToken cancellation)
    {
        var threads = model.Model.Limits.Threads;
        if (choices.Fresh || !demo.IsRendered(choices.Size, choices.Seed))
        {
            demo.MarkUnrendered();
            DemoRendering.Render(demo, choices.Size, choices.Seed, threads, screen, cancellation);
            demo.MarkRendered(choices.Size, choices.Seed);
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive); // the scene is not to count against the matte
        }

        var files = await PlateFiles.Check(demo.Plate, demo.Trimap, new ImageLimits()).HashedAsync(cancellation);
        // The composite comes last: a demo that was killed while it compared has its matte.
        var report = choices.Fresh || File.Exists(demo.Composite) ? null : ProvenanceFile.ReportOf(demo.Alpha, files, model.Model);
        if (report is not null)
        {
            screen.Say("the matte is there from an earlier run; --fresh makes it anew");
            PlateJob.ClearFinished(PlateJob.FolderOf(demo.Alpha));
        }
        else report = await MatteAsync(choices, demo, files, model, screen, cancellation);

        var errors = DemoComparison.Compare(demo, threads, screen, cancellation);
        return (report with { PeakMemoryMib = ProcessMemory.PeakBytes / (1024.0 * 1024.0) }, errors);
    }

    private static Task<MattingReport> MatteAsync(
        Choices choices, DemoFiles demo, PlateFiles files, LoadedModel model, IScreen screen, CancellationToken cancellation)
    {
        File.Delete(demo.Composite);
        return new PlateMatting
        {
            Model = model.Model,
            Files = files,
            Alpha = size => AlphaDepth.Create(demo.Alpha, size, "16", model.Model.Limits.Threads),
            JobFolder = PlateJob.FolderOf(demo.Alpha),
            Fresh = choices.Fresh,
            ProvenanceFor = demo.Alpha,
            Progress = screen,
            Warning = screen.Warn,
        }.RunAsync(cancellation);
    }
}
