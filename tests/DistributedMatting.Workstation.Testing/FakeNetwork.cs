using System.Runtime.InteropServices;
using DistributedMatting.Core.Networks;

namespace DistributedMatting.Workstation.Testing;

/// <summary>
/// A network of arithmetic: fast, and its alpha depends on every input pixel, on every context and on their order,
/// so a wrong, stale or swapped byte anywhere changes the matte.
/// </summary>
/// <param name="withPriors">Whether it takes the priors as well.</param>
/// <param name="side">Pixels a side of a patch, a multiple of 8.</param>
public sealed class FakeNetwork(bool withPriors = false, int side = 32) : IMattingNetwork
{
    private const int Keys = 4;
    private int _encodes;
    private int _mattes;

    public NetworkShape Shape { get; } = new(
        side, 8, NetworkInput.PlainChannels + (withPriors ? NetworkInput.PriorChannels : 0), Keys, 4, side * side * sizeof(float));

    public int Encodes => Volatile.Read(ref _encodes);

    public int Mattes => Volatile.Read(ref _mattes);

    /// <summary>Called before each call, with "encode" or "matte"; may throw.</summary>
    public Action<string>? Before { get; init; }

    public EncodedPatch Encode(ReadOnlySpan<float> input, byte[]? tokens = null, byte[]? activations = null)
    {
        Before?.Invoke("encode");
        Interlocked.Increment(ref _encodes);
        var pixels = side * side;
        var (query, context) = (new float[Keys], new float[Keys]);
        activations ??= new byte[Shape.ActivationBytes];
        tokens ??= new byte[Shape.TokenBytes];
        var values = MemoryMarshal.Cast<byte, float>(activations.AsSpan());
        uint state = 2166136261;
        for (var i = 0; i < pixels; i++)
        {
            var (f, b) = (input[3 * pixels + i], input[4 * pixels + i]);
            values[i] = 0.5f * input[i] + 0.3f * input[pixels + i] + 0.2f * input[2 * pixels + i];
            state = (state ^ (uint)(values[i] * 65535f) ^ (uint)(2 * f + b)) * 16777619;
            var key = i % Keys;
            context[key] += input[key % 3 * pixels + i];
            if (f + b == 0) query[key] += values[i];
        }
        foreach (var prior in input[(NetworkInput.PlainChannels * pixels)..])
            state = (state ^ BitConverter.SingleToUInt32Bits(prior)) * 16777619;
        for (var i = 0; i < tokens.Length; i++)
        {
            state = state * 1664525 + 1013904223;
            tokens[i] = (byte)(state >> 24);
        }
        return new EncodedPatch(tokens, activations, query, context);
    }

    public void Matte(ReadOnlyMemory<byte> activations, IReadOnlyList<ReadOnlyMemory<byte>> contextTokens, Span<float> alpha)
    {
        Before?.Invoke("matte");
        Interlocked.Increment(ref _mattes);
        var own = MemoryMarshal.Cast<byte, float>(activations.Span);
        for (var i = 0; i < alpha.Length; i++)
        {
            var sum = 0.6f * own[i];
            for (var k = 0; k < contextTokens.Count; k++)
                sum += 0.2f / (k + 1) * contextTokens[k].Span[i % Shape.TokenBytes] / 255f;
            alpha[i] = Math.Min(sum, 1f);
        }
    }

    public void Dispose()
    {
    }
}
