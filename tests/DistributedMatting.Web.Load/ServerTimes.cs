using System.Diagnostics.Metrics;

namespace DistributedMatting.Web.Load;

/// <summary>
/// How long status queries took inside the service, as ASP.NET itself measures: from the request's first line read to
/// its answer written. Counted in tenths of a millisecond, so that a long run takes no more memory than a short one.
/// </summary>
internal sealed class ServerTimes : IDisposable
{
    private const int Tenths = 10;

    private readonly MeterListener _listener = new();
    private readonly int[] _counts = new int[10_000 * Tenths];

    public ServerTimes()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "http.server.request.duration") listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((_, seconds, tags, _) => Take(1000 * seconds, tags));
        _listener.Start();
    }

    public Times Times => Times.Of(_counts.SelectMany((count, tenths) => Enumerable.Repeat((double)tenths / Tenths, count)));

    public void Dispose() => _listener.Dispose();

    private void Take(double milliseconds, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var (name, value) in tags)
        {
            if (name != "http.route" || value is not "/api/v1/jobs/{id}") continue;
            Interlocked.Increment(ref _counts[Math.Min((int)(milliseconds * Tenths), _counts.Length - 1)]);
            return;
        }
    }
}
