using DistributedMatting.Core;
using DistributedMatting.Core.Jobs.Telemetry;
using DistributedMatting.Web.Metrics;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace DistributedMatting.Silo.Hosting;

/// <summary>Sends a silo's traces and metrics to a collector, marked with its name and role. Without a collector it does nothing.</summary>
internal sealed class SiloTelemetry(SiloOptions silo) : IHostedService, IDisposable
{
    // Of Orleans the calls between grains alone: its own housekeeping would be most of a trace.
    private static readonly string[] Sources = [MattingTelemetry.Name, "Microsoft.Orleans.Application"];

    private static readonly string[] Meters =
        [MattingTelemetry.Name, "DistributedMatting.Service", "Microsoft.Orleans", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel"];

    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (silo.OtlpCollector is not { } collector) return Task.CompletedTask;
        var resource = ResourceBuilder.CreateEmpty()
            .AddService("matting-silo", serviceVersion: ProductVersion.Text, serviceInstanceId: silo.FullName)
            .AddAttributes([new("matting.role", silo.RoleNames), new("matting.cluster", silo.Cluster)]);
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(Sources)
            .SetSampler(new ParentBasedSampler(new JobsOnly())).AddOtlpExporter(otlp => OtlpAddress.Apply(collector, "traces", otlp)).Build();
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(Meters).AddOtlpExporter(otlp => OtlpAddress.Apply(collector, "metrics", otlp)).Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }

    // What belongs to no job is a question of one grain to another how it is.
    private sealed class JobsOnly : Sampler
    {
        public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) => new(SamplingDecision.Drop);
    }
}
