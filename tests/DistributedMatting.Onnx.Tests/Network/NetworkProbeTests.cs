using DistributedMatting.Core.Networks;
using DistributedMatting.Onnx.Probe;

namespace DistributedMatting.Onnx.Tests.Network;

public sealed class NetworkProbeTests
{
    private sealed class Clock : TimeProvider
    {
        public long Now { get; set; }

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => Now;
    }

    /// <summary>Each call takes longer than the one before it: 1, 2, 3 … ms, both kinds together.</summary>
    private sealed class SlowingNetwork(Clock clock) : IMattingNetwork
    {
        private int _calls;

        public NetworkShape Shape { get; } = new(64, 8, 16, 1, 1, 64);

        public EncodedPatch Encode(ReadOnlySpan<float> input)
        {
            clock.Now += ++_calls;
            return new EncodedPatch(new byte[Shape.TokenBytes], new byte[64], [0], [0]);
        }

        public void Matte(ReadOnlyMemory<byte> activations, IReadOnlyList<ReadOnlyMemory<byte>> contextTokens, Span<float> alpha)
        {
            Assert.Equal(2, contextTokens.Count);
            clock.Now += ++_calls;
        }

        public void Dispose()
        {
        }
    }

    [Fact]
    public void Measure_GivesMediansWithoutTheFirstCalls()
    {
        var clock = new Clock();
        using var network = new SlowingNetwork(clock);

        var result = NetworkProbe.Measure(network, contexts: 2, repeats: 3, clock, TestContext.Current.CancellationToken);

        Assert.Equal(TimeSpan.FromMilliseconds(4), result.Encode); // calls 3, 4, 5
        Assert.Equal(TimeSpan.FromMilliseconds(7), result.Matte); // calls 6, 7, 8
    }

    [Fact]
    public void Cancelled_Stops()
    {
        using var network = new SlowingNetwork(new Clock());
        Assert.Throws<OperationCanceledException>(() => NetworkProbe.Measure(network, 2, 3, TimeProvider.System, new CancellationToken(true)));
    }
}
