using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace DistributedMatting.Web.Tests.Metrics;

/// <summary>An OTLP collector over HTTP: keeps the spans and the names of the metrics that it is sent.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Collector(WebApplication app) => _app = app;

    /// <param name="Id">Of the span, in hexadecimal digits.</param>
    /// <param name="Parent">Its parent's id; empty for none.</param>
    /// <param name="Trace">Of the trace that it belongs to.</param>
    /// <param name="Name">What it is called.</param>
    /// <param name="Service">Whose it is.</param>
    /// <param name="Tags">Its attributes that are text.</param>
    internal sealed record Span(string Id, string Parent, string Trace, string Name, string Service, IReadOnlyDictionary<string, string> Tags);

    public ConcurrentQueue<Span> Spans { get; } = new();

    public ConcurrentQueue<string> Metrics { get; } = new();

    /// <summary>Requests that were not what a collector takes.</summary>
    public ConcurrentQueue<string> Strange { get; } = new();

    public Uri Address => new($"{_app.Urls.Single()}/otlp");

    public static async Task<Collector> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var collector = new Collector(builder.Build());
        collector._app.Run(collector.TakeAsync);
        await collector._app.StartAsync();
        return collector;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var message = new Protobuf(body.ToArray());
        if (context.Request.ContentType != "application/x-protobuf") Strange.Enqueue($"{context.Request.Path} {context.Request.ContentType}");
        switch (context.Request.Path.Value)
        {
            case "/otlp/v1/traces":
                foreach (var span in message.All(1).SelectMany(resource => Of(resource))) Spans.Enqueue(span);
                break;
            case "/otlp/v1/metrics":
                foreach (var metric in message.All(1).SelectMany(resource => resource.All(2)).SelectMany(scope => scope.All(2))) Metrics.Enqueue(metric.Text(1));
                break;
            default:
                Strange.Enqueue($"{context.Request.Method} {context.Request.Path}");
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                break;
        }
    }

    // ResourceSpans: resource 1, scope_spans 2; ScopeSpans: spans 2; Span: trace 1, id 2, parent 4, name 5, attributes 9.
    private static IEnumerable<Span> Of(Protobuf resource)
    {
        var service = Tags(resource.All(1).Single(), 1).GetValueOrDefault("service.name", "");
        return resource.All(2).SelectMany(scope => scope.All(2)).Select(span => new Span(span.Hex(2), span.Hex(4), span.Hex(1), span.Text(5), service, Tags(span, 9)));
    }

    // KeyValue: key 1, value 2; AnyValue: string 1.
    private static Dictionary<string, string> Tags(Protobuf message, int number) =>
        message.All(number).ToDictionary(pair => pair.Text(1), pair => pair.All(2).Single().Text(1));
}
