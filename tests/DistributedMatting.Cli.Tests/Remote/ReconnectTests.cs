using System.Globalization;
using System.Text.Json;
using DistributedMatting.Cli.Remote.Client;
using DistributedMatting.Core;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Jobs.Service;
using Microsoft.AspNetCore.Http;

namespace DistributedMatting.Cli.Tests.Remote;

public sealed class ReconnectTests
{
    private static readonly JobId Id = JobId.Create();

    [Fact]
    public async Task A_stream_that_breaks_is_taken_up_where_it_broke()
    {
        var seen = new List<string>();
        var taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new BrokenServer(async (context, request) =>
        {
            lock (seen) seen.Add(context.Request.Headers["Last-Event-ID"].ToString());
            // The second time, the service is still starting.
            if (request == 1)
            {
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return;
            }

            context.Response.ContentType = "text/event-stream";
            await SendAsync(context, request == 0 ? Status(7, JobState.Running) : Status(8, JobState.Succeeded));
            if (request != 0) return;
            // A connection that is torn down takes with it what its client has not read yet.
            await taken.Task;
            context.Abort();
        });
        using var client = new MattingClient(await server.StartAsync(), null, TimeProvider.System);
        var said = new List<string>();
        var statuses = new List<JobStatus>();
        await foreach (var status in JobWatch.WatchAsync(client, Id, said.Add, TestContext.Current.CancellationToken))
        {
            statuses.Add(status);
            taken.TrySetResult();
        }

        Assert.Equal([7, 8], statuses.Select(status => status.Version));
        Assert.Equal(["", "7", "7"], seen);
        Assert.Single(said);
    }

    [Fact]
    public async Task A_job_that_is_deleted_meanwhile_is_not_waited_for()
    {
        await using var server = new BrokenServer(async (context, request) =>
        {
            if (request == 0)
            {
                context.Response.ContentType = "text/event-stream";
                await SendAsync(context, Status(1, JobState.Paused));
                return;
            }

            context.Response.StatusCode = StatusCodes.Status404NotFound;
            await context.Response.WriteAsJsonAsync(new { detail = "there is no such job" });
        });
        using var client = new MattingClient(await server.StartAsync(), null, TimeProvider.System);
        var error = await Assert.ThrowsAsync<InvalidInputException>(async () =>
        {
            await foreach (var _ in JobWatch.WatchAsync(client, Id, _ => { }, TestContext.Current.CancellationToken))
            {
            }
        });
        Assert.Equal("there is no such job", error.Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_download_that_breaks_becomes_the_whole_file(bool sameFile)
    {
        var bytes = new byte[300_000];
        new Random(1).NextBytes(bytes);
        await using var server = new BrokenServer(async (context, request) =>
        {
            var from = 0;
            context.Response.Headers.ETag = request == 0 || sameFile ? "\"one\"" : "\"two\"";
            if (sameFile && context.Request.Headers.Range is [{ } range] && context.Request.Headers.IfRange == "\"one\"")
            {
                from = int.Parse(range["bytes=".Length..^1], CultureInfo.InvariantCulture);
                context.Response.StatusCode = StatusCodes.Status206PartialContent;
            }

            context.Response.ContentLength = bytes.Length - from;
            var length = request < 3 ? Math.Min(100_000, bytes.Length - from) : bytes.Length - from;
            await context.Response.Body.WriteAsync(bytes.AsMemory(from, length));
            await context.Response.Body.FlushAsync();
            if (from + length < bytes.Length) context.Abort();
        });
        using var client = new MattingClient(await server.StartAsync(), null, TimeProvider.System);
        using var place = new Workplace();
        await FileDownload.FetchAsync(client, "alpha", place.Alpha, (_, _) => { }, () => { }, TestContext.Current.CancellationToken);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(place.Alpha, TestContext.Current.CancellationToken));
        Assert.Equal(["alpha.tif"], place.Left());
        Assert.True(server.Requests > 1, "nothing broke");
    }

    [Fact]
    public async Task What_is_no_service_is_said_so()
    {
        await using var server = new BrokenServer((context, _) => context.Response.WriteAsync("<html>hello</html>"));
        using var client = new MattingClient(await server.StartAsync(), null, TimeProvider.System);
        var error = await Assert.ThrowsAsync<ServiceException>(() => client.StatusAsync(Id, TestContext.Current.CancellationToken));
        Assert.Contains("not as a matting service", error.Message, StringComparison.Ordinal);
    }

    private static JobStatus Status(long version, JobState state) => new()
    {
        Id = Id,
        Submission = new JobSubmission { Plate = "/plate.tif", Alpha = "/alpha.tif" },
        State = state,
        Version = version,
        SubmittedUtc = DateTimeOffset.UnixEpoch,
    };

    private static async Task SendAsync(HttpContext context, JobStatus status)
    {
        var json = JsonSerializer.Serialize(status, JobJson.Options).ReplaceLineEndings(" ");
        await context.Response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $": hello\n\nid: {status.Version}\nevent: status\ndata: {json}\n\n"));
        await context.Response.Body.FlushAsync();
    }
}
