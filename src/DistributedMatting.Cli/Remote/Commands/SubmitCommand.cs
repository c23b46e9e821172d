using System.CommandLine;
using DistributedMatting.Cli.Errors;
using DistributedMatting.Cli.Matting;
using DistributedMatting.Cli.Options;
using DistributedMatting.Cli.Output;
using DistributedMatting.Cli.Remote.Client;
using DistributedMatting.Core;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Workstation.Files;

namespace DistributedMatting.Cli.Remote.Commands;

/// <summary><c>matting submit PLATE TRIMAP</c>: one plate to a service.</summary>
internal sealed class SubmitCommand
{
    // A service keeps the alphas of uploads in this format.
    private const string KeptAlpha = "alpha.tif";

    private readonly Argument<string> _plate = new("PLATE") { Description = "The image, where the service sees it by the same path; or anywhere, with --upload." };
    private readonly Argument<string?> _trimap = new("TRIMAP") { Description = "Its trimap. Left out: the plate's own alpha channel.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _output = new("--output", "-o") { Description = "The alpha to write: .tif, .tiff or .png. With --upload and --wait, it is fetched to there.", HelpName = "ALPHA" };
    private readonly Option<bool> _upload = new("--upload") { Description = "Send the files to the service; a broken upload goes on when the command is repeated." };
    private readonly Option<bool> _wait = new("--wait") { Description = "Show the job until it has ended." };
    private readonly Option<string?> _name = new("--name") { Description = "What people call it (default: the plate's file name).", HelpName = "NAME" };
    private readonly Option<string?> _project = new("--project") { Description = "The project that it belongs to.", HelpName = "NAME" };
    private readonly Option<string?> _comment = new("--comment") { Description = "What is to be remembered.", HelpName = "TEXT" };
    private readonly Option<int?> _priority = Limits.Whole("--priority", "The highest goes first; default 50", 0, JobLimits.MaxPriority);
    private readonly Option<string> _depth = AlphaDepth.Option();
    private readonly Option<int?> _margin = Limits.Whole("--margin", "Overlap of neighbouring patches in pixels; default: the model's", 0, JobLimits.MaxMargin);
    private readonly Option<int?> _contexts = Limits.Whole("--contexts", "Context patches of each query; default: the model's", 0, MattingSettings.MaxContexts);
    private readonly Option<string?> _token = new("--token") { Description = "Any text: who repeats it gets the same job, not another (default: drawn anew).", HelpName = "TEXT" };
    private readonly Option<bool> _force = CommonOptions.Force();
    private readonly Option<bool> _json = CommonOptions.Json();

    public static Command Create() => new SubmitCommand().Build();

    private Command Build() => new Command("submit", "Gives a plate to a service and prints the job's name.")
    {
        _plate, _trimap, _output, _upload, _wait, _name, _project, _comment, _priority, _depth, _margin, _contexts, _token, _force, _json,
    }.With(RunAsync);

    private async Task<int> RunAsync(MattingClient client, ParseResult parsed, CancellationToken cancellation)
    {
        var (output, upload, wait, json) = (parsed.GetValue(_output), parsed.GetValue(_upload), parsed.GetValue(_wait), parsed.GetValue(_json));
        if (output is null && !upload) throw new InvalidInputException("--output is missing: it names the alpha that the service writes; with --upload the service keeps it");
        if (output is not null && upload && !wait) throw new InvalidInputException("--output goes with --upload only where there is --wait; later, 'matting get JOB -o ALPHA' fetches the alpha");
        if (output is not null) AlphaDepth.CheckName(output, parsed.GetRequiredValue(_depth));
        if (output is not null && upload) AlphaDepth.CheckFormat(output, "the alpha of an upload", KeptAlpha);
        if (output is not null && upload) GetCommand.CheckPlace(output, parsed.GetValue(_force), parsed.GetRequiredValue(_plate), parsed.GetValue(_trimap));

        if (!wait)
        {
            var submitted = await SubmitAsync(new LineScreen(Console.Error, client.Clock));
            if (json) JobWait.Write(submitted);
            else Console.Out.WriteLine(submitted.Id);
            return ExitCodes.Ok;
        }

        var ended = await Screens.RunAsync(async screen =>
        {
            var job = await SubmitAsync(screen);
            job = job.State.HasEnded() ? job : await JobWait.ShowAsync(client, job.Id, screen, cancellation);
            if (job.State == JobState.Succeeded && upload && output is not null) await GetCommand.FetchAsync(client, job.Id, output, screen, cancellation);
            return job;
        });
        return JobWait.Tell(ended, json);

        async Task<JobStatus> SubmitAsync(IScreen screen)
        {
            var submission = await SubmissionAsync(client, parsed, screen, cancellation);
            try
            {
                return await client.SubmitAsync(submission, cancellation);
            }
            catch (InvalidInputException e)
            {
                throw new InvalidInputException(InOptions(e.Message), e);
            }
        }
    }

    // The service's sentence names fields; what a person typed is options.
    private static string InOptions(string sentence) => sentence
        .Replace(OutputPath.Words.Submission.Replaces, OutputPath.Words.Options.Replaces, StringComparison.Ordinal)
        .Replace($"; {OutputPath.Words.Submission.Field} takes", $"; {OutputPath.Words.Options.Field} takes", StringComparison.Ordinal);

    private async Task<JobSubmission> SubmissionAsync(MattingClient client, ParseResult parsed, IScreen screen, CancellationToken cancellation)
    {
        var (plate, trimap, output) = (parsed.GetRequiredValue(_plate), parsed.GetValue(_trimap), parsed.GetValue(_output));
        var limits = parsed.GetValue(_upload) ? (await client.MeAsync(cancellation)).Uploads ?? throw new InvalidInputException("the service takes no uploads; leave out --upload and name files that it sees") : null;
        return new JobSubmission
        {
            Plate = await PlaceAsync("PLATE", plate),
            Trimap = trimap is null ? null : await PlaceAsync("TRIMAP", trimap),
            Alpha = limits is null ? RemoteCommand.FullPath("--output", output!) : "",
            Replace = limits is null && parsed.GetValue(_force),
            Depth = parsed.GetRequiredValue(_depth) switch { "8" => 8, "16" => 16, _ => 32 },
            Margin = parsed.GetValue(_margin),
            Contexts = parsed.GetValue(_contexts),
            Name = parsed.GetValue(_name) ?? "",
            Project = parsed.GetValue(_project) ?? "",
            User = Environment.UserName,
            Comment = parsed.GetValue(_comment) ?? "",
            Priority = parsed.GetValue(_priority) ?? JobLimits.StandardPriority,
            Token = parsed.GetValue(_token) ?? Guid.NewGuid().ToString("N"),
        };

        async Task<string> PlaceAsync(string name, string path)
        {
            path = RemoteCommand.FullPath(name, path);
            if (limits is null) return path;
            var step = screen.Begin($"send {name.ToLowerInvariant()}", File.Exists(path) ? new FileInfo(path).Length : 0, Step.Bytes);
            return await FileUpload.SendAsync(client, limits, path, step, cancellation);
        }
    }
}
