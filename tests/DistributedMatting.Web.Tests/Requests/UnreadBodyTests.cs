using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using DistributedMatting.Web.Tests.Uploads;

namespace DistributedMatting.Web.Tests.Requests;

/// <summary>
/// A client that sends all of its body before it reads gets the answer, though the service had refused it long before. Each
/// sends nothing of the body until the answer is there, so that whatever the service would do then it has done.
/// </summary>
public sealed class UnreadBodyTests
{
    private const string Json = "Content-Type: application/json\r\n";

    [Theory]
    [InlineData("POST", "/api/v1/jobs", Json, 413)]
    [InlineData("POST", "/api/v1/nothing", Json, 404)]
    [InlineData("PUT", "/api/v1/jobs", Json, 405)]
    [InlineData("POST", "/api/v1/jobs", Json + "Origin: https://evil.example\r\n", 403)]
    [InlineData("PATCH", "/api/v1/uploads/ID", "Content-Type: text/plain\r\n", 415)]
    [InlineData("PATCH", "/api/v1/uploads/ID", "Content-Type: application/offset+octet-stream\r\nUpload-Offset: 7\r\n", 409)]
    public async Task Refused_and_heard_out(string method, string path, string headers, int status)
    {
        await using var service = await UploadHarness.StartAsync();
        path = path.Replace("ID", await service.IdAsync("t", 1000), StringComparison.Ordinal);
        using var client = await ConnectAsync(service, method, path, headers, length: 5_000_000);
        var stream = client.GetStream();
        Assert.StartsWith($"HTTP/1.1 {status} ", await AnswerAsync(stream), StringComparison.Ordinal);
        // A connection that the service had left would break here: the system holds no more than a part of this for it.
        await stream.WriteAsync(new byte[5_000_000], TestContext.Current.CancellationToken);
        Assert.Equal(-1, stream.ReadByte());
    }

    [Fact]
    public async Task More_than_anybody_listens_to_is_hung_up_on()
    {
        await using var service = await UploadHarness.StartAsync();
        using var client = await ConnectAsync(service, "POST", "/api/v1/jobs", Json, length: 1L << 40);
        var stream = client.GetStream();
        Assert.StartsWith("HTTP/1.1 413 ", await AnswerAsync(stream), StringComparison.Ordinal);
        var piece = new byte[1 << 20];
        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            while (true) await stream.WriteAsync(piece, TestContext.Current.CancellationToken);
        });
    }

    private static async Task<TcpClient> ConnectAsync(UploadHarness service, string method, string path, string headers, long length)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, service.Web.Client.BaseAddress!.Port, TestContext.Current.CancellationToken);
        var head = string.Create(CultureInfo.InvariantCulture, $"{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}Content-Length: {length}\r\n\r\n");
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head), TestContext.Current.CancellationToken);
        return client;
    }

    // To the end of its last piece, or of the object that is all of it.
    private static async Task<string> AnswerAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var one = new byte[1];
        while (!text.ToString().EndsWith("\r\n0\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one, TestContext.Current.CancellationToken) == 1)
            text.Append((char)one[0]);
        return text.ToString();
    }
}
