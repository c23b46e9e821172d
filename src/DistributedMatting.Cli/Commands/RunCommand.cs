using System.CommandLine;
using DistributedMatting.Cli.Options;
using DistributedMatting.Core;

namespace DistributedMatting.Cli.Commands;

/// <summary><c>matting run PLATE TRIMAP -o ALPHA</c>: one plate on this machine.</summary>
internal static class RunCommand
{
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
            Description = "Where finished patches wait, so that an interrupted run can go on (default: ALPHA.job). A folder that is named is kept.",
            HelpName = "FOLDER",
        };
        var depth = Limits.OneOf("--depth", "Bits a sample of the alpha", "16", "8", "16", "float");
        var (json, force, fresh, megapixels) = (CommonOptions.Json(), CommonOptions.Force(), CommonOptions.Fresh(), CommonOptions.MaxMegapixels());
        var matting = new MattingOptions();

        var command = new Command("run", "Mattes a plate: PLATE and TRIMAP become an alpha matte of the same size.")
        {
            plate, trimap, output, jobFolder, depth, fresh, force, megapixels, json,
        };
        matting.AddTo(command);
        command.SetAction((parsed, cancellation) => throw new InvalidInputException("run is not wired yet"));
        return command;
    }
}
