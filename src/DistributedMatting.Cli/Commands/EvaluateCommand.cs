using System.CommandLine;
using System.Diagnostics;
using DistributedMatting.Cli.Errors;
using DistributedMatting.Cli.Evaluation;
using DistributedMatting.Cli.Evaluation.Methods;
using DistributedMatting.Cli.Options;
using DistributedMatting.Cli.Output;
using DistributedMatting.Core;
using DistributedMatting.Imaging;
using DistributedMatting.Workstation.Files;

namespace DistributedMatting.Cli.Commands;

/// <summary><c>matting evaluate DIR</c>: a method against the truth, over a folder of images.</summary>
internal static class EvaluateCommand
{
    // Rhemann's errors hold whole pictures in memory, several times over.
    private const int StandardMaxMegapixels = 50;

    private sealed record Choices(
        string Folder, string Trimaps, string Method, string Output, string? Csv, string? Sheet, int MaxMegapixels, bool Json, IReadOnlyList<string> OfNetwork, MattingChoices Matting);

    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "Holds the folders image, alpha (the truth) and trimap1, with files of the same names." };
        var trimaps = new Option<string>("--trimap") { Description = "Another folder of trimaps in DIR.", HelpName = "FOLDER", DefaultValueFactory = _ => "trimap1" };
        var method = Limits.OneOf("--method", "What to measure", EvaluationMethods.Standard, EvaluationMethods.Names);
        var output = new Option<string>("--output", "-o") { Description = "Folder for scores.csv and sheet.png.", HelpName = "FOLDER", DefaultValueFactory = _ => "evaluate-output" };
        var csv = new Option<string?>("--csv") { Description = "Another place for the scores.", HelpName = "FILE" };
        var sheet = new Option<string?>("--sheet") { Description = "Another place for the contact sheet: image, trimap, truth, matte, difference.", HelpName = "FILE" };
        var megapixels = Limits.Whole("--max-megapixels", "Images of more million pixels are refused; default 50", 1, 2000);
        var json = CommonOptions.Json();
        var matting = new MattingOptions();

        var command = new Command("evaluate", "Measures mattes against the truth: SAD, MSE, gradient and connectivity of Rhemann et al. 2009.")
        {
            folder, trimaps, method, output, csv, sheet, megapixels, json,
        };
        matting.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(
            new Choices(
                parsed.GetRequiredValue(folder),
                parsed.GetRequiredValue(trimaps),
                parsed.GetRequiredValue(method),
                parsed.GetRequiredValue(output),
                parsed.GetValue(csv),
                parsed.GetValue(sheet),
                parsed.GetValue(megapixels) ?? StandardMaxMegapixels,
                parsed.GetValue(json),
                matting.OfNetwork(parsed),
                matting.Read(parsed)),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Choices choices, CancellationToken cancellation)
    {
        var items = EvaluationSet.Find(choices.Folder, choices.Trimaps);
        var csv = choices.Csv ?? Path.Combine(choices.Output, "scores.csv");
        var sheet = choices.Sheet ?? Path.Combine(choices.Output, "sheet.png");
        if (choices.Csv is null || choices.Sheet is null) OutputPath.MakeFolder(OutputPath.Words.Options, choices.Output);
        foreach (var (option, file) in new[] { ("--csv", csv), ("--sheet", sheet) })
        {
            OutputPath.Check(OutputPath.Words.Options with { Field = option }, file, force: true);
            RefuseInside(choices.Folder, file);
        }

        if (!RgbFile.IsName(sheet)) throw new InvalidInputException($"--sheet {sheet} will not do: a picture is written as .png, .tif, .jpg or .webp");

        var (scores, pictures) = await Screens.RunAsync(screen => MeasureAsync(choices, items, screen, cancellation));
        SideFile.Write(csv, ScoreReport.Csv(scores));
        pictures.Save(sheet);

        if (choices.Json)
        {
            var json = ScoreReport.Json(choices.Method, scores);
            json["trimap"] = choices.Trimaps;
            json["csv"] = csv;
            json["sheet"] = sheet;
            JsonOutput.Write(json);
        }
        else
        {
            Screens.WriteTable(ScoreReport.Table(scores));
            Console.WriteLine($"{csv}\n{sheet}");
        }

        return ExitCodes.Ok;
    }

    private static async Task<(List<Score> Scores, ContactSheet Sheet)> MeasureAsync(
        Choices choices, IReadOnlyList<EvaluationItem> items, IScreen screen, CancellationToken cancellation)
    {
        // One line of options for all methods that are compared is no mistake.
        if (choices.OfNetwork.Count > 0 && !EvaluationMethods.IsNetwork(choices.Method))
            screen.Warn($"--method {choices.Method} has no network; {string.Join(", ", choices.OfNetwork)} change nothing");
        using var method = EvaluationMethods.Create(choices.Method, choices.Matting);
        var limits = new ImageLimits { MaxMegapixels = choices.MaxMegapixels };
        var (scores, sheet) = (new List<Score>(), new ContactSheet());
        var done = screen.Begin("evaluate", items.Count, "images");
        foreach (var item in items)
        {
            cancellation.ThrowIfCancellationRequested();
            var image = EvaluationImage.Load(item, limits);
            var watch = Stopwatch.StartNew();
            var alpha = await method.MatteAsync(image, cancellation);
            scores.Add(Score.Of(item.Name, alpha, image, watch.Elapsed.TotalSeconds));
            sheet.Add(image, alpha);
            done(scores.Count);
        }

        return (scores, sheet);
    }

    // What is measured with must never be written over.
    private static void RefuseInside(string folder, string file)
    {
        var root = Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar;
        if (Path.GetFullPath(file).StartsWith(root, StringComparison.Ordinal))
            throw new InvalidInputException($"{file} lies in the folder that is measured; -o takes a folder outside {folder}");
    }
}
