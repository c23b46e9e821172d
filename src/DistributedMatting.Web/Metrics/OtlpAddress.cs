using DistributedMatting.Core;
using OpenTelemetry.Exporter;

namespace DistributedMatting.Web.Metrics;

/// <summary>
/// A collector's address says how it is spoken to: the port 4318, or a path, is OTLP over HTTP; everything else gRPC,
/// which has no paths and listens at 4317 by custom.
/// </summary>
public static class OtlpAddress
{
    private const int HttpPort = 4318;

    /// <summary>Throws unless it is an address of http or https, or null.</summary>
    /// <exception cref="InvalidInputException">The collector's address will not do.</exception>
    public static void Require(Uri? collector)
    {
        if (collector is not null && (!collector.IsAbsoluteUri || collector.Scheme is not ("http" or "https")))
            throw new InvalidInputException("the address of the OTLP collector must be like http://127.0.0.1:4317 (gRPC) or http://127.0.0.1:4318 (HTTP)");
    }

    /// <summary>Tells an exporter where to send a signal, and how.</summary>
    /// <param name="collector">Where everything goes.</param>
    /// <param name="signal">"metrics" or "traces".</param>
    /// <param name="exporter">Is told so.</param>
    public static void Apply(Uri collector, string signal, OtlpExporterOptions exporter)
    {
        ArgumentNullException.ThrowIfNull(collector);
        ArgumentNullException.ThrowIfNull(exporter);
        var isHttp = collector.Port == HttpPort || collector.AbsolutePath != "/";
        exporter.Protocol = isHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        exporter.Endpoint = isHttp ? new Uri($"{collector.AbsoluteUri.TrimEnd('/')}/v1/{signal}") : collector;
    }
}
