using DistributedMatting.Core.Networks;

namespace DistributedMatting.Workstation.WarmUp;

/// <summary>A network in shape alone: whatever it sees, its tokens are equal and its alpha is one half.</summary>
internal sealed class StillNetwork : IMattingNetwork
{
    public const int Patch = 64;

    public NetworkShape Shape { get; } = new(
        Patch, Stride: 8, NetworkInput.PlainChannels + NetworkInput.PriorChannels, KeyChannels: 8, ValueChannels: 8, ActivationBytes: 256);

    public EncodedPatch Encode(ReadOnlySpan<float> input, byte[]? tokens = null, byte[]? activations = null) => new(
        tokens ?? new byte[Shape.TokenBytes], activations ?? new byte[Shape.ActivationBytes],
        Ones(Shape.KeyChannels), Ones(Shape.KeyChannels));

    public void Matte(ReadOnlyMemory<byte> activations, IReadOnlyList<ReadOnlyMemory<byte>> contextTokens, Span<float> alpha) => alpha.Fill(0.5f);

    public void Dispose()
    {
    }

    private static float[] Ones(int count)
    {
        var ones = new float[count];
        Array.Fill(ones, 1f);
        return ones;
    }
}
