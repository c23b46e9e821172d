using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace DistributedMatting.Cluster.Tests.Telemetry;

/// <summary>A collector on loopback: takes OTLP over gRPC, and keeps of it what tests ask for.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private const int GrpcPrefix = 5;

    private readonly WebApplication _app;
    private readonly List<Span> _spans = [];
    private readonly HashSet<(string, string)> _metrics = [];

    private Collector(WebApplication app) => _app = app;

    public sealed record Span(string Silo, string Role, string Name, string Trace, string Id, string Parent);

    public string Address => _app.Urls.Single();

    public IReadOnlyList<Span> Spans
    {
        get
        {
            lock (_spans) return [.. _spans];
        }
    }

    /// <summary>Names of instruments, and the role of whoever sent them.</summary>
    public IReadOnlySet<(string, string)> Metrics
    {
        get
        {
            lock (_metrics) return _metrics.ToHashSet();
        }
    }

    public static async Task<Collector> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        var collector = new Collector(builder.Build());
        collector._app.Run(collector.TakeAsync);
        await collector._app.StartAsync();
        return collector;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var message = body.ToArray().AsMemory(GrpcPrefix);
        foreach (var of in Fields(message, 1))
        {
            var (silo, role) = Resource(of);
            foreach (var entry in Fields(of, 2).SelectMany(scope => Fields(scope, 2)))
            {
                if (context.Request.Path.Value!.Contains("TraceService", StringComparison.Ordinal))
                {
                    var span = new Span(silo, role, Text(entry, 5), Hex(entry, 1), Hex(entry, 2), Hex(entry, 4));
                    lock (_spans) _spans.Add(span);
                }
                else
                {
                    lock (_metrics) _metrics.Add((Text(entry, 1), role));
                }
            }
        }
        context.Response.ContentType = "application/grpc";
        await context.Response.Body.WriteAsync(new byte[GrpcPrefix]);
        context.Response.AppendTrailer("grpc-status", "0");
    }

    private static (string Silo, string Role) Resource(ReadOnlyMemory<byte> of)
    {
        var attributes = Fields(of, 1).SelectMany(resource => Fields(resource, 1))
            .ToDictionary(pair => Text(pair, 1), pair => Fields(pair, 2).Select(value => Text(value, 1)).FirstOrDefault(""));
        return (attributes["service.instance.id"], attributes["matting.role"]);
    }

    private static string Text(ReadOnlyMemory<byte> message, int field) =>
        Fields(message, field).Select(bytes => Encoding.UTF8.GetString(bytes.Span)).FirstOrDefault("");

    private static string Hex(ReadOnlyMemory<byte> message, int field) =>
        Fields(message, field).Select(bytes => Convert.ToHexStringLower(bytes.Span)).FirstOrDefault("");

    // The fields of a protobuf message that have a length, by number.
    private static List<ReadOnlyMemory<byte>> Fields(ReadOnlyMemory<byte> message, int wanted)
    {
        var found = new List<ReadOnlyMemory<byte>>();
        for (var at = 0; at < message.Length;)
        {
            var tag = Number(message.Span, ref at);
            var length = (tag & 7) switch
            {
                0 => 0,
                1 => 8,
                2 => (int)Number(message.Span, ref at),
                5 => 4,
                _ => throw new InvalidDataException("no protobuf"),
            };
            if ((tag & 7) == 0) Number(message.Span, ref at);
            if ((tag & 7) == 2 && tag >> 3 == (ulong)wanted) found.Add(message.Slice(at, length));
            at += length;
        }
        return found;
    }

    private static ulong Number(ReadOnlySpan<byte> message, ref int at)
    {
        ulong number = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = message[at++];
            number |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80) return number;
        }
    }
}
