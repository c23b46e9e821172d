using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using DistributedMatting.Core;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Core.Plates;
using DistributedMatting.Workstation.Service;
using DistributedMatting.Workstation.Testing;

namespace DistributedMatting.Web.Tests.Metrics;

/// <summary>What a collector is sent of one real job, from its plate to its alpha.</summary>
public sealed class OtlpTests : IDisposable
{
    private static readonly PixelSize Size = new(120, 90);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("matting-otlp-");

    private static CancellationToken End => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_job_is_one_trace_of_its_stages_and_metrics_come_along()
    {
        await using var collector = await Collector.StartAsync();
        var id = await MatteAsync(collector.Address);

        Assert.Empty(collector.Strange);
        var job = Assert.Single(collector.Spans, span => span.Name == "job" && span.Tags.GetValueOrDefault("matting.job") == id);
        Assert.Equal(("", "matting"), (job.Parent, job.Service));
        var stages = collector.Spans.Where(span => span.Trace == job.Trace && span != job).ToArray();
        Assert.All(stages, stage => Assert.Equal(job.Id, stage.Parent));
        Assert.Equal(["encode", "ingest", "matte", "priors", "rank", "stitch"], stages.Select(stage => stage.Name).Distinct().Order(StringComparer.Ordinal));
        string[] expected =
        [
            "matting.attempts", "matting.inference.duration", "matting.jobs", "matting.patches", "matting.queue.unknown_megapixels", "http.server.request.duration",
        ];
        Assert.Empty(expected.Except(collector.Metrics));
    }

    [Theory]
    [InlineData("ftp://127.0.0.1:4318")]
    [InlineData("file:///etc/passwd")]
    public void An_address_that_is_none_is_refused(string address)
    {
        var options = new WebOptions { Listen = new IPEndPoint(IPAddress.Loopback, 0), Roots = [_folder.FullName], OtlpCollector = new Uri(address) };
        Assert.Contains("4318", Assert.Throws<InvalidInputException>(() => MattingWeb.Create(options, NSubstitute.Substitute.For<IMattingService>(), TimeProvider.System)).Message, StringComparison.Ordinal);
    }

    // Everything is sent by the time that the service has stopped.
    private async Task<string> MatteAsync(Uri collector)
    {
        PictureFiles.WriteRamp(At("plate.png"), Size);
        PictureFiles.WriteGrey(At("trimap.png"), Size, (x, _) => x < 40 ? 0 : x < 80 ? 0.5f : 1, bits: 8);
        var queue = new WorkstationServiceOptions { Folder = At("queue"), ProgressInterval = TimeSpan.Zero };
        await using var service = WorkstationMattingService.Open(queue, ArithmeticEngine.Create(), TimeProvider.System);
        await using var web = MattingWeb.Create(
            new WebOptions { Listen = new IPEndPoint(IPAddress.Loopback, 0), Roots = [_folder.FullName], OtlpCollector = collector }, service, TimeProvider.System);
        await web.StartAsync(End);
        using var client = new HttpClient { BaseAddress = new Uri(web.Urls.Single()) };
        using var answer = await client.PostAsJsonAsync("/api/v1/jobs", new { plate = At("plate.png"), trimap = At("trimap.png"), alpha = At("alpha.tif") }, End);
        var id = (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync(End))!["id"]!;
        var events = await client.GetStringAsync(new Uri($"/api/v1/jobs/{id}/events", UriKind.Relative), End);
        Assert.Contains("\"state\":\"succeeded\"", events, StringComparison.Ordinal);
        await web.StopAsync(End);
        return id;
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);
}
