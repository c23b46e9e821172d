using System.CommandLine;
using DistributedMatting.Cli.Errors;
using DistributedMatting.Cli.Matting;
using DistributedMatting.Cli.Options;
using DistributedMatting.Cli.Output;
using DistributedMatting.Cli.Remote.Client;
using DistributedMatting.Core;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Workstation.Files;

namespace DistributedMatting.Cli.Remote.Commands;

/// <summary><c>matting get JOB -o ALPHA</c>: the finished alpha, and where it came from beside it.</summary>
internal static class GetCommand
{
    public static Command Create()
    {
        var job = RemoteCommand.Job();
        var output = new Option<string>("--output", "-o") { Description = "Where to; its provenance is written beside it, as ALPHA.json.", HelpName = "ALPHA", Required = true };
        var (force, json) = (CommonOptions.Force(), CommonOptions.Json());
        return new Command("get", "Fetches a finished alpha from the service.") { job, output, force, json }.With(async (client, parsed, cancellation) =>
        {
            var (path, id) = (parsed.GetRequiredValue(output), parsed.GetRequiredValue(job));
            CheckPlace(path, parsed.GetValue(force));
            AlphaDepth.CheckFormat(path, $"the alpha of job {id}", (await client.StatusAsync(id, cancellation)).Submission.Alpha);
            await Screens.RunAsync(async screen =>
            {
                await FetchAsync(client, id, path, screen, cancellation);
                return true;
            });
            if (parsed.GetValue(json)) JsonOutput.Write(JsonOutput.Object(new Fetched(id, path, ProvenanceFile.PathOf(path), new FileInfo(path).Length)));
            else Console.Out.WriteLine(path);
            return ExitCodes.Ok;
        });
    }

    private sealed record Fetched(JobId Id, string Alpha, string Provenance, long AlphaBytes);

    /// <exception cref="InvalidInputException">Something is in the way.</exception>
    public static void CheckPlace(string path, bool force, params string?[] inputs)
    {
        AlphaDepth.CheckName(path, "16");
        OutputPath.Check(OutputPath.Words.Options, path, force, inputs);
        ProvenanceFile.Check(OutputPath.Words.Options, path, force, inputs);
    }

    /// <summary>Fetches both; the provenance last, as <c>run</c> writes it.</summary>
    public static async Task FetchAsync(MattingClient client, JobId id, string path, IScreen screen, CancellationToken cancellation)
    {
        var began = client.Clock.GetTimestamp();
        await FileDownload.FetchAsync(
            client, $"api/v1/jobs/{id}/alpha", path, (here, all) => screen.Show(new Step("fetch", here, all ?? here + 1, Step.Bytes, client.Clock.GetElapsedTime(began))),
            // Beside another job's alpha, an old provenance is worse than none.
            () => File.Delete(ProvenanceFile.PathOf(path)), cancellation);
        await FileDownload.FetchAsync(client, $"api/v1/jobs/{id}/provenance", ProvenanceFile.PathOf(path), (_, _) => { }, () => { }, cancellation);
    }
}
