using System.Diagnostics.Metrics;
using DistributedMatting.Core;
using DistributedMatting.Core.Jobs.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace DistributedMatting.Web.Metrics;

/// <summary>OpenTelemetry over the engine's meter, the queue's and ASP.NET's own: asked for at /metrics, sent by OTLP where an address is given.</summary>
internal sealed class MetricsSetup : IDisposable
{
    private static readonly string[] Meters =
        [MattingTelemetry.Name, QueueGauges.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.RateLimiting"];

    private readonly PrometheusText _text;
    private readonly BaseExportingMetricReader _reader;
    private readonly MeterProvider _metrics;
    private readonly TracerProvider? _traces;
    private readonly SemaphoreSlim _gate = new(1);

    private MetricsSetup(WebOptions options, Meter queue)
    {
        _text = new PrometheusText(options.MetricLabels);
        var resource = ResourceBuilder.CreateEmpty().AddService("matting");
        _reader = new BaseExportingMetricReader(_text);
        var metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(Meters).AddReader(_reader)
            .AddView(instrument => IsOfAnotherQueue(instrument.Meter, queue) ? MetricStreamConfiguration.Drop : null);
        if (options.OtlpCollector is { } otlp)
        {
            metrics = metrics.AddOtlpExporter(exporter => OtlpAddress.Apply(otlp, "metrics", exporter));
            _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(MattingTelemetry.Name)
                .AddOtlpExporter(exporter => OtlpAddress.Apply(otlp, "traces", exporter)).Build();
        }

        _metrics = metrics.Build();
    }

    /// <exception cref="InvalidInputException">The collector's address will not do.</exception>
    public static void AddTo(IServiceCollection services, WebOptions options)
    {
        OtlpAddress.Require(options.OtlpCollector);
        services.AddSingleton(_ => new Meter(QueueGauges.MeterName));
        // What is asked for first is disposed last: the exporter asks the meter once more when it is disposed.
        services.AddSingleton(all => new MetricsSetup(options, all.GetRequiredService<Meter>()));
        services.AddSingleton<QueueGauges>();
        services.AddHostedService(all => all.GetRequiredService<QueueGauges>());
    }

    /// <summary>Begins to measure, and maps what is asked for.</summary>
    public static void Map(IEndpointRouteBuilder app)
    {
        var setup = app.ServiceProvider.GetRequiredService<MetricsSetup>();
        app.MapGet("/metrics", async (QueueGauges gauges, HttpContext context) =>
        {
            await gauges.RefreshAsync(context.RequestAborted);
            return Results.Text(await setup.CollectAsync(context.RequestAborted), PrometheusText.ContentType);
        }).WithTags("metrics").Produces<string>(StatusCodes.Status200OK, "text/plain");
    }

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics.Dispose();
        _gate.Dispose();
    }

    // Meters are found by name in the whole process, and it may hold more services than this one.
    private static bool IsOfAnotherQueue(Meter meter, Meter queue) => meter.Name == queue.Name && !ReferenceEquals(meter, queue);

    private async Task<string> CollectAsync(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            _reader.Collect();
            return _text.Text;
        }
        finally
        {
            _gate.Release();
        }
    }
}
