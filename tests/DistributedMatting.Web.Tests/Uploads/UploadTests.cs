using System.Net;
using System.Text.Json.Nodes;
using DistributedMatting.Core;

namespace DistributedMatting.Web.Tests.Uploads;

public sealed class UploadTests
{
    private const string Jobs = "/api/v1/jobs";

    [Fact]
    public async Task An_upload_cut_at_every_tenth_becomes_the_same_job()
    {
        await using var service = await UploadHarness.StartAsync();
        var (plate, trimap) = (UploadHarness.Bytes(300_000, 1), UploadHarness.Bytes(20_000, 2));
        var read = new List<byte[]>();
        service.Web.Engine.Work = async (order, _, cancellation) =>
        {
            read.Add(await File.ReadAllBytesAsync(order.Submission.Plate, cancellation));
            read.Add(await File.ReadAllBytesAsync(order.Submission.Trimap!, cancellation));
            await File.WriteAllTextAsync(order.Submission.Alpha, "alpha", cancellation);
        };
        for (var tenth = 0; tenth <= 10; tenth++)
        {
            read.Clear();
            var id = await CutAsync(service, $"plate {tenth}", plate, plate.Length * tenth / 10);
            var mask = await CutAsync(service, $"trimap {tenth}", trimap, trimap.Length * tenth / 10);
            Assert.Equal("succeeded", await JobAsync(service, id, mask, tenth));
            Assert.Equal([plate, trimap], read);
        }

        var jobs = (await service.Web.SendAsync(HttpMethod.Get, $"{Jobs}?limit=100")).Body!;
        Assert.Equal(11, (int)jobs["total"]!);
        foreach (var job in jobs["jobs"]!.AsArray()) await service.Web.SendAsync(HttpMethod.Delete, $"{Jobs}/{job!["id"]}");
        Assert.Empty(Directory.EnumerateFileSystemEntries(service.Folder));
    }

    [Fact]
    public async Task Uploads_cut_and_left_are_swept_after_a_day()
    {
        await using var service = await UploadHarness.StartAsync();
        var plate = UploadHarness.Bytes(50_000);
        for (var tenth = 0; tenth <= 10; tenth++)
        {
            var id = await service.IdAsync($"{tenth}", plate.Length);
            await service.BreakOffAsync(id, plate, 0, plate.Length * tenth / 10);
        }
        var used = await service.UploadAsync("used", plate);
        Assert.Equal("succeeded", await JobAsync(service, used, null, 0));
        // What is left of an upload that was cut short in its own making.
        Directory.CreateDirectory(Path.Combine(service.Folder, new string('a', 32)));

        await service.Store.SweepAsync(DateTimeOffset.UtcNow + TimeSpan.FromHours(23), TestContext.Current.CancellationToken);
        Assert.Equal(13, Directory.GetDirectories(service.Folder).Length);
        await service.Store.SweepAsync(DateTimeOffset.UtcNow + TimeSpan.FromHours(25), TestContext.Current.CancellationToken);
        Assert.Equal([Path.Combine(service.Folder, used)], Directory.GetDirectories(service.Folder));
    }

    [Fact]
    public async Task A_token_is_the_same_upload()
    {
        await using var service = await UploadHarness.StartAsync();
        var (first, begun) = await service.BeginAsync("t", 1000);
        Assert.Equal(HttpStatusCode.Created, first);
        var (second, again) = await service.BeginAsync("t", 1000);
        Assert.Equal((HttpStatusCode.OK, (string)begun!["id"]!), (second, (string)again!["id"]!));
        Assert.Equal(HttpStatusCode.Conflict, (await service.BeginAsync("t", 1001)).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await service.BeginAsync("t", 1000, "other.tif")).Status);
    }

    [Fact]
    public async Task Bytes_go_where_the_upload_is_and_nowhere_else()
    {
        await using var service = await UploadHarness.StartAsync();
        var plate = UploadHarness.Bytes(1000);
        var id = await service.IdAsync("t", plate.Length);
        using var ahead = await service.AppendAsync(id, plate, 500);
        Assert.Equal((HttpStatusCode.Conflict, "0"), (ahead.StatusCode, ahead.Headers.GetValues("Upload-Offset").Single()));
        using var half = await service.SendAsync(id, new ByteArrayContent(plate, 0, 400), "0");
        Assert.Equal((HttpStatusCode.NoContent, "400"), (half.StatusCode, half.Headers.GetValues("Upload-Offset").Single()));
        using var twice = await service.AppendAsync(id, plate, 0);
        Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);
        using var rest = await service.AppendAsync(id, plate, 400);
        Assert.Equal(HttpStatusCode.NoContent, rest.StatusCode);
        using var more = await service.SendAsync(id, new ByteArrayContent(plate), "1000");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, more.StatusCode);
        Assert.Equal(plate, await File.ReadAllBytesAsync(Path.Combine(service.Folder, id, "data"), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task More_than_was_announced_is_refused(bool chunked)
    {
        await using var service = await UploadHarness.StartAsync();
        var id = await service.IdAsync("t", 1000);
        HttpContent content = chunked ? new StreamContent(new Unsized(UploadHarness.Bytes(500_000))) : new ByteArrayContent(UploadHarness.Bytes(500_000));
        using var response = await service.SendAsync(id, content, "0");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal(0, await service.OffsetAsync(id));
    }

    [Fact]
    public async Task Who_comes_back_need_not_wait_for_the_broken_connection()
    {
        await using var service = await UploadHarness.StartAsync();
        var plate = UploadHarness.Bytes(200_000);
        var id = await service.IdAsync("t", plate.Length);
        using var stuck = new StuckContent(plate.AsMemory(0, 100_000), plate.Length);
        var first = service.SendAsync(id, stuck, "0");
        while (await service.OffsetAsync(id) < 100_000) await Task.Delay(5, TestContext.Current.CancellationToken);
        using var second = await service.AppendAsync(id, plate, 100_000);
        Assert.Equal(HttpStatusCode.NoContent, second.StatusCode);
        stuck.End();
        try
        {
            (await first).Dispose();
        }
        catch (HttpRequestException)
        {
            // It was hung up on.
        }

        Assert.Equal(plate, await File.ReadAllBytesAsync(Path.Combine(service.Folder, id, "data"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_upload_is_its_owners_and_names_are_no_paths()
    {
        await using var service = await UploadHarness.StartAsync();
        var id = await service.UploadAsync("t", UploadHarness.Bytes(100), "../../../etc/passwd");
        var (_, job) = await service.Web.PostAsync(Jobs, $$"""{ "plate": "upload:{{id}}", "token": "j" }""");
        Assert.Equal("../../../etc/passwd", (string)job!["submission"]!["name"]!);
        Assert.Equal($"upload:{id}", (string)job["submission"]!["plate"]!);
        var (again, same) = await service.Web.PostAsync(Jobs, $$"""{ "plate": "upload:{{id}}", "token": "j" }""");
        Assert.Equal((HttpStatusCode.OK, (string)job["id"]!), (again, (string)same!["id"]!));

        string[] hostile = ["upload:", "upload:..", $"upload:../{id}", $"upload:{id}/data", $"upload:{new string('a', 32)}", $"{service.Folder}/{id}/data"];
        foreach (var path in hostile)
        {
            Assert.InRange((int)(await service.Web.PostAsync(Jobs, $$"""{ "plate": "{{path}}" }""")).Status, 400, 404);
            Assert.InRange((int)(await service.Web.PostAsync(Jobs, $$"""{ "plate": "upload:{{id}}", "trimap": "{{path}}" }""")).Status, 400, 404);
        }
        Assert.Equal(HttpStatusCode.Conflict, (await service.Web.SendAsync(HttpMethod.Delete, $"{UploadHarness.Uploads}/{id}")).Status);
    }

    [Fact]
    public async Task A_jobs_alpha_goes_with_it_though_another_job_uses_the_upload()
    {
        await using var service = await UploadHarness.StartAsync();
        service.Web.Engine.Work = async (order, _, cancellation) =>
        {
            await File.WriteAllTextAsync(order.Submission.Alpha, "alpha", cancellation);
            await File.WriteAllTextAsync(order.Submission.Alpha + ".json", "{}", cancellation);
        };
        var id = await service.UploadAsync("plate", UploadHarness.Bytes(1000));
        Assert.Equal("succeeded", await JobAsync(service, id, null, 1));
        Assert.Equal("succeeded", await JobAsync(service, id, null, 2));
        var folder = Path.Combine(service.Folder, id);
        Assert.Equal(6, Directory.GetFiles(folder).Length);
        var jobs = (await service.Web.SendAsync(HttpMethod.Get, Jobs)).Body!["jobs"]!.AsArray();

        Assert.Equal(HttpStatusCode.NoContent, (await service.Web.SendAsync(HttpMethod.Delete, $"{Jobs}/{jobs[0]!["id"]}")).Status);
        Assert.Equal(4, Directory.GetFiles(folder).Length);
        using var alpha = await service.Web.Client.GetAsync(new Uri($"{Jobs}/{jobs[1]!["id"]}/alpha", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, alpha.StatusCode);
        await service.Web.SendAsync(HttpMethod.Delete, $"{Jobs}/{jobs[1]!["id"]}");
        Assert.Empty(Directory.EnumerateFileSystemEntries(service.Folder));
    }

    [Fact]
    public async Task Where_uploads_lie_is_shown_nowhere()
    {
        await using var service = await UploadHarness.StartAsync();
        service.Web.Engine.Work = async (order, observer, cancellation) =>
        {
            observer.Say($"reads {order.Submission.Plate} for {order.Submission.Alpha}");
            if (order.Submission.Comment == "bad") throw new InvalidInputException($"{order.Submission.Plate}: is no image");
            await File.WriteAllTextAsync(order.Submission.Alpha, "alpha", cancellation);
        };
        var id = await service.UploadAsync("plate", UploadHarness.Bytes(100), "gt04.tif");
        foreach (var comment in new[] { "good", "bad" })
        {
            var (_, job) = await service.Web.PostAsync(Jobs, $$"""{ "plate": "upload:{{id}}", "trimap": "upload:{{id}}", "comment": "{{comment}}" }""");
            var events = string.Join('\n', await service.Web.EventsAsync((string)job!["id"]!));
            var (_, log) = await service.Web.SendAsync(HttpMethod.Get, $"{Jobs}/{job["id"]}/log");
            var (_, status) = await service.Web.SendAsync(HttpMethod.Get, $"{Jobs}/{job["id"]}");
            Assert.Equal(($"upload:{id}", "gt04_alpha.tif"), ((string)status!["submission"]!["trimap"]!, (string)status["submission"]!["alpha"]!));
            foreach (var text in new[] { events, log!.ToJsonString(), status.ToJsonString(), job.ToJsonString() })
                Assert.DoesNotContain(service.Folder, text, StringComparison.Ordinal);
            if (comment == "bad") Assert.Equal($"upload:{id}: is no image", (string)status["error"]!);
        }

        service.Web.Engine.Check = asked => throw new InvalidInputException($"{asked.Plate}: is no image");
        var (_, problem) = await service.Web.PostAsync(Jobs, $$"""{ "plate": "upload:{{id}}" }""");
        Assert.Equal($"upload:{id}: is no image", (string)problem!["detail"]!);
        var all = (await service.Web.SendAsync(HttpMethod.Get, $"{Jobs}?state=succeeded")).Body!["jobs"]!.AsArray();
        using var alpha = await service.Web.Client.GetAsync(new Uri($"{Jobs}/{Assert.Single(all)!["id"]}/alpha", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal("gt04_alpha.tif", alpha.Content.Headers.ContentDisposition!.FileName);
    }

    [Fact]
    public async Task What_is_not_whole_is_not_used()
    {
        await using var service = await UploadHarness.StartAsync();
        var id = await service.IdAsync("t", 1000);
        var (status, problem) = await service.Web.PostAsync(Jobs, $$"""{ "plate": "upload:{{id}}" }""");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("0 of 1000 bytes", (string)problem!["detail"]!, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await service.Web.SendAsync(HttpMethod.Delete, $"{UploadHarness.Uploads}/{id}")).Status);
        Assert.Empty(Directory.EnumerateFileSystemEntries(service.Folder));
    }

    [Fact]
    public async Task There_are_only_so_many_and_so_much()
    {
        await using var service = await UploadHarness.StartAsync(options => options with { MaxFiles = 3 });
        await service.IdAsync("1", 1 << 20);
        await service.IdAsync("2", 1 << 20);
        await service.IdAsync("3", 1 << 20);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await service.BeginAsync("4", 1)).Status);
        await using var small = await UploadHarness.StartAsync(options => options with { TotalBytes = 1 << 20 });
        await small.IdAsync("1", 1 << 20);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await small.BeginAsync("2", 1)).Status);
    }

    private static async Task<string> CutAsync(UploadHarness service, string token, byte[] all, int cut)
    {
        var id = await service.IdAsync(token, all.Length);
        await service.BreakOffAsync(id, all, 0, cut);
        // The client knows nothing of what came before; it repeats what it did, and is told where to go on.
        using var whole = await service.AppendAsync(id, all, 0);
        var offset = await service.OffsetAsync(await service.IdAsync(token, all.Length));
        Assert.InRange(offset, 0, all.Length);
        if (offset == all.Length) return id;
        using var rest = await service.AppendAsync(id, all, offset);
        Assert.Equal(HttpStatusCode.NoContent, rest.StatusCode);
        return id;
    }

    private static async Task<string> JobAsync(UploadHarness service, string plate, string? trimap, int number)
    {
        var mask = trimap is null ? "" : $", \"trimap\": \"upload:{trimap}\"";
        var (status, job) = await service.Web.PostAsync(Jobs, $$"""{ "plate": "upload:{{plate}}"{{mask}}, "token": "job {{number}}" }""");
        Assert.True(status == HttpStatusCode.Created, $"{status}: {job}");
        var last = (await service.Web.EventsAsync((string)job!["id"]!)).Last(line => line.StartsWith("data: ", StringComparison.Ordinal));
        return (string)JsonNode.Parse(last[6..])!["state"]!;
    }

    private sealed class Unsized(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }

    private sealed class StuckContent(ReadOnlyMemory<byte> bytes, long length) : HttpContent
    {
        private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void End() => _end.TrySetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(bytes);
            await stream.FlushAsync();
            await _end.Task;
            throw new IOException("the connection broke");
        }

        protected override bool TryComputeLength(out long computed)
        {
            computed = length;
            return true;
        }
    }
}
