using System.Net;
using System.Text.Json.Nodes;

namespace DistributedMatting.Web.Tests.Uploads;

/// <summary>What the disk does to an upload, and what a kill leaves of it.</summary>
public sealed class UploadDiskTests
{
    [Fact]
    public async Task Full_IsARefusalWithASentence()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full here.");
        await using var service = await UploadHarness.StartAsync();
        var plate = UploadHarness.Bytes(200_000);
        var id = await service.IdAsync("t", plate.Length);
        var part = Path.Combine(service.Folder, id, "data.part");
        File.CreateSymbolicLink(part, "/dev/full");

        // A link has a length of its own, so the upload seems to have begun.
        using var response = await service.AppendAsync(id, plate, await service.OffsetAsync(id));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Contains("no room", (string)problem["detail"]!, StringComparison.Ordinal);

        File.Delete(part);
        using var again = await service.AppendAsync(id, plate, 0);
        Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
    }

    [Fact]
    public async Task KilledAfterItsLastByte_IsWhole()
    {
        await using var service = await UploadHarness.StartAsync();
        var plate = UploadHarness.Bytes(1000);
        var id = await service.IdAsync("t", plate.Length);
        await File.WriteAllBytesAsync(Path.Combine(service.Folder, id, "data.part"), plate, TestContext.Current.CancellationToken);

        // Nothing is left to be sent, so the client does not send.
        Assert.Equal(plate.Length, await service.OffsetAsync(await service.IdAsync("t", plate.Length)));
        var (status, job) = await service.Web.PostAsync("/api/v1/jobs", $$"""{ "plate": "upload:{{id}}" }""");
        Assert.True(status == HttpStatusCode.Created, $"{status}: {job}");
        Assert.Equal(plate, await File.ReadAllBytesAsync(Path.Combine(service.Folder, id, "data"), TestContext.Current.CancellationToken));
    }
}
