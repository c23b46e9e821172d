using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using DistributedMatting.Web.Uploads;
using Microsoft.Extensions.DependencyInjection;

namespace DistributedMatting.Web.Tests.Uploads;

/// <summary>A service that takes uploads, and a client that can break off.</summary>
internal sealed class UploadHarness : IAsyncDisposable
{
    public const string Uploads = "/api/v1/uploads";

    private UploadHarness(WebHarness web) => Web = web;

    public WebHarness Web { get; }

    public string Folder => Path.Combine(Web.Outside, "uploads");

    public UploadStore Store => Web.Services.GetRequiredService<UploadStore>();

    public static async Task<UploadHarness> StartAsync(Func<UploadOptions, UploadOptions>? change = null) => new(await WebHarness.StartAsync((options, folder) =>
    {
        var uploads = new UploadOptions { Folder = Path.Combine(folder, "uploads"), MaxBytes = 1 << 20, TotalBytes = 4 << 20 };
        return options with { Uploads = change?.Invoke(uploads) ?? uploads };
    }));

    public static byte[] Bytes(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public async Task<(HttpStatusCode Status, JsonNode? Body)> BeginAsync(string token, long bytes, string name = "plate.tif") =>
        await Web.PostAsync(Uploads, $$"""{ "token": "{{token}}", "name": "{{name}}", "bytes": {{bytes}} }""");

    public async Task<string> IdAsync(string token, long bytes, string name = "plate.tif") => (string)(await BeginAsync(token, bytes, name)).Body!["id"]!;

    public async Task<long> OffsetAsync(string id) => (long)(await Web.SendAsync(HttpMethod.Get, $"{Uploads}/{id}")).Body!["offset"]!;

    /// <summary>Sends all bytes from the offset on.</summary>
    public Task<HttpResponseMessage> AppendAsync(string id, byte[] all, long offset, string type = "application/offset+octet-stream") =>
        SendAsync(id, new ByteArrayContent(all, (int)offset, all.Length - (int)offset), offset.ToString(CultureInfo.InvariantCulture), type);

    public async Task<HttpResponseMessage> SendAsync(string id, HttpContent content, string? offset, string type = "application/offset+octet-stream")
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"{Uploads}/{id}") { Content = content };
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        if (offset is not null) request.Headers.TryAddWithoutValidation("Upload-Offset", offset);
        return await Web.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Announces all bytes from the offset on, sends those up to <paramref name="cut"/>, and breaks the connection.</summary>
    public async Task BreakOffAsync(string id, byte[] all, int offset, int cut)
    {
        using var content = new BrokenContent(all.AsMemory(offset), cut - offset);
        await Assert.ThrowsAnyAsync<Exception>(async () => (await SendAsync(id, content, offset.ToString(CultureInfo.InvariantCulture))).Dispose());
    }

    /// <summary>Uploads all of it.</summary>
    public async Task<string> UploadAsync(string token, byte[] all, string name = "plate.tif")
    {
        var id = await IdAsync(token, all.Length, name);
        using var response = await AppendAsync(id, all, 0);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        return id;
    }

    public ValueTask DisposeAsync() => Web.DisposeAsync();

    private sealed class BrokenContent(ReadOnlyMemory<byte> bytes, int cut) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(bytes[..cut]);
            await stream.FlushAsync();
            throw new IOException("the connection broke");
        }

        protected override bool TryComputeLength(out long length)
        {
            length = bytes.Length;
            return true;
        }
    }
}
