using System.CommandLine;
using System.Text.Json.Nodes;
using DistributedMatting.Cli.Errors;
using DistributedMatting.Cli.Matting;
using DistributedMatting.Cli.Models;
using DistributedMatting.Cli.Options;
using DistributedMatting.Cli.Output;
using DistributedMatting.Core;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Imaging;
using DistributedMatting.Workstation;
using DistributedMatting.Workstation.ClosedForm;
using DistributedMatting.Workstation.Files;

namespace DistributedMatting.Cli.Commands;

/// <summary><c>matting run PLATE TRIMAP -o ALPHA</c>: one plate on this machine.</summary>
internal static class RunCommand
{
    private const string HdMatt = "hdmatt";

    private sealed record Choices(
        string Plate, string? Trimap, string Alpha, string? JobFolder, string Depth, bool Fresh, bool Force, int MaxMegapixels, bool Json, string Method, MattingChoices Matting);

    public static Command Create()
    {
        var plate = new Argument<string>("PLATE") { Description = "The image: TIFF, PNG, JPEG or WebP." };
        var trimap = new Argument<string?>("TRIMAP")
        {
            Description = "Black: background, white: foreground, grey: unknown. Left out: the plate's own alpha channel.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var output = new Option<string>("--output", "-o")
        {
            Description = "The alpha matte to write: .tif, .tiff or .png.",
            HelpName = "ALPHA",
            Required = true,
        };
        var jobFolder = new Option<string?>("--job-dir")
        {
            Description = "Where finished patches wait, so that an interrupted run can go on (default: ALPHA.job). A folder that is named here is kept after success.",
            HelpName = "FOLDER",
        };
        var depth = AlphaDepth.Option();
        var (json, force, fresh, megapixels) = (CommonOptions.Json(), CommonOptions.Force(), CommonOptions.Fresh(), CommonOptions.MaxMegapixels());
        var method = Limits.OneOf(
            "--method", "The network, patch by patch; or no network, the whole plate in memory (about 3 GB for the 36-megapixel demo plate)", HdMatt, HdMatt, ClosedFormPlate.Name);
        var matting = new MattingOptions();

        var command = new Command("run", "Mattes a plate: PLATE and TRIMAP become an alpha matte of the same size.")
        {
            plate, trimap, output, method, jobFolder, depth, fresh, force, megapixels, json,
        };
        matting.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            if (parsed.GetRequiredValue(method) == ClosedFormPlate.Name) RefuseNetworkOptions(matting.OfNetwork(parsed));
            return RunAsync(Read(parsed), cancellation);
        });
        return command;

        Choices Read(ParseResult parsed) => new(
            parsed.GetRequiredValue(plate),
            parsed.GetValue(trimap),
            parsed.GetRequiredValue(output),
            parsed.GetValue(jobFolder),
            parsed.GetRequiredValue(depth),
            parsed.GetValue(fresh),
            parsed.GetValue(force),
            parsed.GetValue(megapixels) ?? CommonOptions.StandardMaxMegapixels,
            parsed.GetValue(json),
            parsed.GetRequiredValue(method),
            matting.Read(parsed));
    }

    private static async Task<int> RunAsync(Choices choices, CancellationToken cancellation)
    {
        AlphaDepth.CheckName(choices.Alpha, choices.Depth);
        if (choices.JobFolder is not null && string.IsNullOrWhiteSpace(choices.JobFolder)) throw new InvalidInputException("--job-dir is empty; name a folder, or leave it out");
        if (string.IsNullOrWhiteSpace(choices.Plate)) throw new InvalidInputException("PLATE is empty; give the path of an image");
        if (choices.Trimap is not null && string.IsNullOrWhiteSpace(choices.Trimap))
            throw new InvalidInputException("TRIMAP is empty; give the path of an image, or leave it out to take the plate's own alpha channel");
        var files = PlateFiles.Check(choices.Plate, choices.Trimap, new() { MaxMegapixels = choices.MaxMegapixels });
        var jobFolder = choices.JobFolder ?? PlateJob.FolderOf(choices.Alpha);
        if (choices.JobFolder is null && File.Exists(ProvenanceFile.PathOf(choices.Alpha))) PlateJob.ClearFinished(jobFolder);
        OutputPath.Check(OutputPath.Words.Options, choices.Alpha, choices.Force || LacksOnlyItsProvenance(choices, jobFolder), choices.Plate, choices.Trimap);
        ProvenanceFile.Check(OutputPath.Words.Options, choices.Alpha, choices.Force, choices.Plate, choices.Trimap);

        if (choices.Method == ClosedFormPlate.Name) return await ClosedFormAsync(choices, files, cancellation);

        using var model = LoadedModel.Load(choices.Matting);
        var report = await Screens.RunAsync(async screen =>
        {
            files = await files.HashedAsync(cancellation);
            return await new PlateMatting
            {
                Model = model.Model,
                Files = files,
                Alpha = size => AlphaDepth.Create(choices.Alpha, size, choices.Depth, choices.Matting.Limits.Threads),
                JobFolder = jobFolder,
                KeepJobFolder = choices.JobFolder is not null,
                Fresh = choices.Fresh,
                ProvenanceFor = choices.Alpha,
                Progress = screen,
                Warning = screen.Warn,
            }.RunAsync(cancellation);
        });

        Tell(choices, report, () => Outcome.Json(choices.Alpha, model.Model, report));
        return ExitCodes.Ok;
    }

    private static async Task<int> ClosedFormAsync(Choices choices, PlateFiles files, CancellationToken cancellation)
    {
        if (choices.JobFolder is not null)
            throw new InvalidInputException($"--job-dir keeps finished patches, and --method {ClosedFormPlate.Name} has none; leave it out");
        Codecs.LimitThreads(choices.Matting.Limits.Threads);
        var report = await Screens.RunAsync(async screen => await new ClosedFormPlate
        {
            Files = await files.HashedAsync(cancellation),
            Alpha = size => AlphaDepth.Create(choices.Alpha, size, choices.Depth, choices.Matting.Limits.Threads),
            ProvenanceFor = choices.Alpha,
            Options = new() { Threads = choices.Matting.Limits.Threads },
            Progress = screen,
            Warning = screen.Warn,
        }.RunAsync(cancellation));
        Tell(choices, report, () => Outcome.Json(choices.Alpha, choices.Matting.Limits.Threads, report));
        return ExitCodes.Ok;
    }

    private static void RefuseNetworkOptions(IReadOnlyList<string> given)
    {
        if (given.Count == 0) return;
        throw new InvalidInputException($"{string.Join(", ", given)} {(given.Count == 1 ? "is" : "are")} for the network, and --method {ClosedFormPlate.Name} has none; leave {(given.Count == 1 ? "it" : "them")} out");
    }

    private static void Tell(Choices choices, MattingReport report, Func<JsonObject> json)
    {
        if (choices.Json)
        {
            JsonOutput.Write(json());
            return;
        }

        Console.WriteLine(choices.Alpha);
        foreach (var line in ReportText.Lines(report)) Console.WriteLine(line);
    }

    // Killed between the two, the same command writes what is missing. A folder that was named is kept after every success,
    // so there it says nothing.
    private static bool LacksOnlyItsProvenance(Choices choices, string jobFolder) =>
        choices.JobFolder is null && PlateJob.HasFinished(jobFolder) && !File.Exists(ProvenanceFile.PathOf(choices.Alpha));
}
