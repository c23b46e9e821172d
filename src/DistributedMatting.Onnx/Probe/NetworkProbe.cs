using DistributedMatting.Core.Networks;
using DistributedMatting.Core.Plates;

namespace DistributedMatting.Onnx.Probe;

/// <summary>Times a network on patches of noise, one call after another on this thread: for <c>info</c> and <c>bench</c>.</summary>
public static class NetworkProbe
{
    /// <summary>Share of unknown pixels in a probe's patch: a band down the middle.</summary>
    private const double UnknownShare = 0.4;

    /// <summary>Measures.</summary>
    /// <param name="network">The network.</param>
    /// <param name="contexts">Context patches a query (K), 0 or more.</param>
    /// <param name="repeats">Calls that are timed, at least 1; one more comes first and is not.</param>
    /// <param name="clock">Whose time.</param>
    /// <param name="cancellation">Stops between calls.</param>
    public static ProbeResult Measure(
        IMattingNetwork network, int contexts, int repeats, TimeProvider clock, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(contexts);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(repeats);

        var input = Patch(network.Shape, seed: 1);
        var encoded = network.Encode(input);
        var tokens = Enumerable.Repeat<ReadOnlyMemory<byte>>(encoded.Tokens, contexts).ToArray();
        var alpha = new float[network.Shape.Patch * network.Shape.Patch];
        network.Matte(encoded.Activations, tokens, alpha);

        return new ProbeResult(
            Median(() => network.Encode(input), repeats, clock, cancellation),
            Median(() => network.Matte(encoded.Activations, tokens, alpha), repeats, clock, cancellation),
            contexts);
    }

    /// <summary>A patch of noise: planes of <see cref="NetworkInput"/>, foreground left, background right, unknown between.</summary>
    /// <param name="shape">Sizes of the network.</param>
    /// <param name="seed">The same seed gives the same patch.</param>
    public static float[] Patch(NetworkShape shape, int seed)
    {
        var random = new Random(seed);
        var pixels = shape.Patch * shape.Patch;
        var rgb = new ushort[3 * pixels];
        for (var i = 0; i < rgb.Length; i++) rgb[i] = (ushort)random.Next(ushort.MaxValue + 1);

        var regions = new byte[pixels];
        var known = (1 - UnknownShare) / 2 * shape.Patch;
        for (var i = 0; i < pixels; i++)
        {
            var x = i % shape.Patch;
            regions[i] = (byte)(x < known ? Region.Foreground : x < shape.Patch - known ? Region.Unknown : Region.Background);
        }

        var planes = new float[shape.InputChannels * pixels];
        NetworkInput.Fill(rgb, regions, planes);
        for (var i = NetworkInput.PlainChannels * pixels; i < planes.Length; i++) planes[i] = random.NextSingle();
        return planes;
    }

    private static TimeSpan Median(Action call, int repeats, TimeProvider clock, CancellationToken cancellation)
    {
        var times = new TimeSpan[repeats];
        for (var i = 0; i < repeats; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var start = clock.GetTimestamp();
            call();
            times[i] = clock.GetElapsedTime(start);
        }
        Array.Sort(times);
        return times[repeats / 2];
    }
}
