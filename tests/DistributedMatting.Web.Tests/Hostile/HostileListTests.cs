using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using DistributedMatting.Web.Tests.Uploads;

namespace DistributedMatting.Web.Tests.Hostile;

/// <summary>
/// Requests as no honest client sends them, byte for byte. Each is answered with 4xx and one sentence; those that
/// are no HTTP at all, or not as far as a request goes, the server refuses while it reads them, with 4xx and without words:
/// no code of ours is asked, and the server has no place for a sentence. Nothing is left of any of them.
/// </summary>
public sealed class HostileListTests
{
    private const string Json = "Content-Type: application/json\r\n";

    public static TheoryData<string> Worded => [.. Lines().Select(line => line.Name)];

    public static TheoryData<string> Wordless =>
    [
        "GET /api/v1/jobs HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET /api/v1/jobs HTTP/1.1\r\n\r\n",
        "GET /api/v1/jobs\u0000 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /%00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET http://[:: HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "POST /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        "POST /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
        "POST /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\n\r\n",
        "GET /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\nX: a\u0000b\r\n\r\n",
        "GET /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\n folded: header\r\n\r\n",
        $"GET /{new string('a', 20_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n",
        $"GET / HTTP/1.1\r\nHost: localhost\r\nX: {new string('a', 40_000)}\r\n\r\n",
        "not http at all\r\n\r\n",
    ];

    [Theory]
    [MemberData(nameof(Worded))]
    public async Task Each_is_answered_with_one_sentence(string name)
    {
        await using var service = await UploadHarness.StartAsync();
        var (_, request) = Lines().Single(line => line.Name == name);
        var (status, body) = await SendAsync(service, request);
        Assert.True(status is >= 400 and < 500, $"{name}: {status} {body}");
        var problem = JsonNode.Parse(body)!;
        Assert.Equal(status, (int)problem["status"]!);
        var sentence = (string)problem["detail"]!;
        Assert.InRange(sentence.Length, 10, 300);
        Assert.DoesNotContain("   at ", body, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', sentence);
        await NothingIsLeftAsync(service);
    }

    [Theory]
    [MemberData(nameof(Wordless))]
    public async Task What_is_no_HTTP_is_refused(string request)
    {
        await using var service = await UploadHarness.StartAsync();
        var (status, body) = await SendAsync(service, Encoding.Latin1.GetBytes(request.Replace(" HTTP/1.1\r\n", " HTTP/1.1\r\nConnection: close\r\n", StringComparison.Ordinal)));
        Assert.True(status is >= 400 and < 500, $"{status}");
        // Whatever our code answers has words.
        Assert.Empty(body);
        await NothingIsLeftAsync(service);
    }

    private static IEnumerable<(string Name, byte[] Request)> Lines()
    {
        const string jobs = "/api/v1/jobs";
        const string uploads = "/api/v1/uploads";
        foreach (var path in new[]
        {
            "/api/v1/jobs/../../../etc/passwd", "/api/v1/jobs/%2e%2e%2f%2e%2e%2fetc%2fpasswd", "/api/v1/jobs/..%5c..%5c", "/api/v1/jobs/%252e%252e",
            "/api/v1/jobs/%c0%ae%c0%ae", "/api/v1/jobs/%ff%fe", "/api/v1/jobs/%zz", "/api/v1/jobs/0123456789ABCDEF", "/api/v1/jobs/0123456789abcde%66x",
            "/pages/../MattingWeb.cs", "/pages/%2e%2e/%2e%2e/etc/passwd", "/pages/..%2f..%2fetc%2fpasswd", "//etc/passwd", "/.env", "/api/v1/uploads/..%2f..%2f",
            $"/api/v1/uploads/{new string('a', 32)}", $"/api/v1/uploads/{new string('A', 32)}", "/api/v1/jobs?limit=999999999999999999999", "/api/v1/jobs?offset=-1",
            $"/api/v1/jobs?text={new string('a', 5000)}", "/api/v1/jobs?text=%00", "/api/v1/jobs?state=waiting%00",
        }) yield return Line("GET", path, "", "");
        foreach (var method in new[] { "PUT", "TRACE", "PATCH", "FOO", "PROPFIND" }) yield return Line(method, jobs, "", "");
        foreach (var header in new[]
        {
            "Origin: https://evil.example\r\n", "Origin: null\r\n", "Sec-Fetch-Site: cross-site\r\n", "Sec-Fetch-Site: same-site\r\n",
        }) yield return Line("POST", $"{jobs}/0123456789abcdef/cancel", header, "");
        foreach (var type in new[] { "text/plain", "multipart/form-data; boundary=x", "application/xml", "application/x-www-form-urlencoded", "" })
            yield return Line("POST", jobs, type.Length > 0 ? $"Content-Type: {type}\r\n" : "", "{}");
        foreach (var body in new[]
        {
            "", "null", "[]", "\"\"", "{", "{}", "{\"plate\":1}", new string('[', 60_000), "{\"a\":" + new string('9', 50_000) + "}", "{\"plate\":\"\\ud800\"}",
            "{\"plate\":null,\"alpha\":null}", "{\"plate\":\"/a\",\"alpha\":\"/b\",\"priority\":1e400}", "{\"plate\":\"upload:../..\",\"alpha\":\"/b.tif\"}", "\u0000", "{\"__proto__\":{}}",
        }) yield return Line("POST", jobs, Json, body);
        yield return Line("POST", jobs, Json, new string(' ', 100_000));
        // What says that it is packed is not unpacked: it cannot grow.
        yield return ("a gzip bomb", Request("POST", jobs, Json + "Content-Encoding: gzip\r\n", Packed(10 << 20)));
        yield return ("bytes that are no UTF-8", Request("POST", jobs, Json, [0xff, 0xfe, 0x7b, 0x00]));
        foreach (var body in new[]
        {
            "{}", "{\"name\":\"a\",\"bytes\":-1}", "{\"name\":\"a\",\"bytes\":0}", "{\"name\":\"a\",\"bytes\":9223372036854775807}", "{\"name\":\"a\",\"bytes\":1e30}",
            "{\"name\":\"a\\u0000\",\"bytes\":1}", "{\"name\":null,\"bytes\":1}", "{\"name\":\"" + new string('a', 201) + "\",\"bytes\":1}", "{\"name\":\"a\",\"bytes\":1,\"token\":\"\"}",
            "{\"name\":\"a\",\"bytes\":1,\"path\":\"/etc/passwd\"}",
        }) yield return Line("POST", uploads, Json, body);
        yield return Line("PATCH", $"{uploads}/{new string('a', 32)}", "Content-Type: application/offset+octet-stream\r\nUpload-Offset: 0\r\n", "x");
        yield return Line("DELETE", $"{uploads}/..", "", "");
        yield return Line("POST", "/api/v1/session", Json, "{\"key\":\"\"}");
    }

    private static (string Name, byte[] Request) Line(string method, string path, string headers, string body)
    {
        var what = $"{method} {path} {headers.Trim()} {body.Length} {body}";
        var name = string.Concat(what.Take(90).Select(c => char.IsControl(c) ? '?' : c));
        return (name, Request(method, path, headers, Encoding.UTF8.GetBytes(body)));
    }

    private static byte[] Request(string method, string path, string headers, byte[] body)
    {
        var head = string.Create(CultureInfo.InvariantCulture, $"{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}Content-Length: {body.Length}\r\n\r\n");
        return [.. Encoding.UTF8.GetBytes(head), .. body];
    }

    private static byte[] Packed(int zeros)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal)) gzip.Write(new byte[zeros]);
        return packed.ToArray();
    }

    private static async Task<(int Status, string Body)> SendAsync(UploadHarness service, byte[] request)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, service.Web.Client.BaseAddress!.Port, cancellation);
        var stream = client.GetStream();
        var answer = new MemoryStream();
        // It may hang up before it has heard all; what it has said counts.
        await UnlessHungUpAsync(() => stream.WriteAsync(request, cancellation).AsTask());
        await UnlessHungUpAsync(() => stream.CopyToAsync(answer, cancellation));
        var text = Encoding.UTF8.GetString(answer.ToArray());
        Assert.StartsWith("HTTP/1.1 ", text, StringComparison.Ordinal);
        var cut = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var body = text[(cut + 4)..];
        // A chunked answer: what lies between the first and the last brace is the object.
        var from = body.IndexOf('{', StringComparison.Ordinal);
        return (int.Parse(text.AsSpan(9, 3), CultureInfo.InvariantCulture), from < 0 ? body : body[from..(body.LastIndexOf('}') + 1)]);
    }

    private static async Task UnlessHungUpAsync(Func<Task> talk)
    {
        try
        {
            await talk();
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // That is how it looks on this side.
        }
    }

    private static async Task NothingIsLeftAsync(UploadHarness service)
    {
        Assert.Equal(0, (int)(await service.Web.SendAsync(HttpMethod.Get, "/api/v1/jobs")).Body!["total"]!);
        Assert.Empty(Directory.EnumerateFileSystemEntries(service.Folder));
    }
}
