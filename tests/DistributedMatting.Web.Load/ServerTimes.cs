using System.Diagnostics.Metrics;

namespace DistributedMatting.Web.Load;

/// <summary>How long status queries took inside the service, as ASP.NET itself measures: from the request's first line read to its answer written.</summary>
internal sealed class ServerTimes : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly List<double> _milliseconds = [];

    public ServerTimes()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "http.server.request.duration") listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((_, seconds, tags, _) => Take(seconds, tags));
        _listener.Start();
    }

    public Times Times
    {
        get
        {
            lock (_milliseconds) return Times.Of(_milliseconds);
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Take(double seconds, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var (name, value) in tags)
        {
            if (name != "http.route" || value is not "/api/v1/jobs/{id}") continue;
            lock (_milliseconds) _milliseconds.Add(1000 * seconds);
            return;
        }
    }
}
