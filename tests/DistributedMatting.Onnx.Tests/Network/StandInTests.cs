using System.Runtime.InteropServices;
using DistributedMatting.Core.Networks;
using DistributedMatting.Core.Plates;
using DistributedMatting.Onnx.Tests.Support;

namespace DistributedMatting.Onnx.Tests.Network;

/// <summary>The network's calls against the stand-in's formula: packing, gathering, empty regions, threads.</summary>
public sealed class StandInTests : IDisposable
{
    private readonly OnnxMattingNetwork _network = StandIn.Load();

    public void Dispose() => _network.Dispose();

    private EncodedPatch Encode(int seed, Func<int, int, Region> region) =>
        _network.Encode(Patches.Noise(_network.Shape, seed, region));

    private float[] Matte(EncodedPatch query, params EncodedPatch[] contexts)
    {
        var alpha = new float[_network.Shape.Patch * _network.Shape.Patch];
        Array.Fill(alpha, float.NaN);
        _network.Matte(query.Activations, [.. contexts.Select(c => (ReadOnlyMemory<byte>)c.Tokens)], alpha);
        return alpha;
    }

    private static void AssertClose(float[] expected, float[] actual)
    {
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= 1e-5, $"pixel {i}: expected {expected[i]}, got {actual[i]}");
    }

    [Fact]
    public void Shape_IsTheCards()
    {
        Assert.Equal(new NetworkShape(72, 8, 5, 2, 3, 81 + 81 * 3 * 2 + 72 * 72), _network.Shape);
    }

    [Fact]
    public void Encode_PacksRegionsKeysValuesAndActivations()
    {
        var patch = Patches.Noise(_network.Shape, 1, Patches.Stripes);

        var encoded = _network.Encode(patch);

        var (regions, means) = StandInFormula.Encode(patch);
        Assert.Equal(3, regions.Distinct().Count());
        Assert.Equal(regions, encoded.Tokens[..81]);
        Assert.Equal(regions, encoded.Activations[..81]);
        var keys = MemoryMarshal.Cast<byte, Half>(encoded.Tokens.AsSpan(81, 81 * 4));
        var values = MemoryMarshal.Cast<byte, Half>(encoded.Tokens.AsSpan(81 * 5));
        var features = MemoryMarshal.Cast<byte, Half>(encoded.Activations.AsSpan(81, 81 * 6));
        for (var cell = 0; cell < 81; cell++)
        {
            Assert.Equal(means[cell, 1], (float)keys[2 * cell + 1], 1e-3);
            Assert.Equal(means[cell, 2], (float)values[3 * cell + 2], 1e-3);
            Assert.Equal(values[3 * cell + 2], features[2 * 81 + cell]);
        }
        Assert.Equal((byte)(patch[100] * 255), encoded.Activations[81 * 7 + 100]);
    }

    [Fact]
    public void Encode_Sums_AreSumsOfKeys()
    {
        var encoded = Encode(2, Patches.Stripes);

        var keys = MemoryMarshal.Cast<byte, Half>(encoded.Tokens.AsSpan(81, 81 * 4)).ToArray();
        for (var channel = 0; channel < 2; channel++)
        {
            var all = Enumerable.Range(0, 81).Sum(cell => (double)keys[2 * cell + channel]);
            var unknown = Enumerable.Range(0, 81).Where(cell => encoded.Tokens[cell] == 1).Sum(cell => (double)keys[2 * cell + channel]);
            Assert.Equal(all, encoded.ContextSum[channel], 1e-3);
            Assert.Equal(unknown, encoded.QuerySum[channel], 1e-3);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public void Matte_AnyNumberOfContexts_IsTheFormula(int contexts)
    {
        var query = Encode(3, Patches.Stripes);
        var others = Enumerable.Range(0, contexts).Select(i => Encode(10 + i, (x, y) => Patches.Stripes(x + 13 * i, y))).ToArray();

        AssertClose(StandInFormula.Matte(query, others), Matte(query, others));
    }

    [Fact]
    public void Matte_EmptyRegions_ContributeZero()
    {
        var query = Encode(4, Patches.Stripes);
        foreach (var context in new[] { Encode(5, Patches.Unknown), Encode(6, Patches.NoBackground), Encode(7, Patches.Known) })
            AssertClose(StandInFormula.Matte(query, [context]), Matte(query, context));
    }

    [Fact]
    public void Matte_NoUnknownCell_IsTheFormula()
    {
        var query = Encode(8, Patches.Known);

        AssertClose(StandInFormula.Matte(query, [query]), Matte(query, query));
    }

    [Fact]
    public void Matte_ManyThreads_SameBytesAsOne()
    {
        var patches = Enumerable.Range(0, 8).Select(i => Patches.Noise(_network.Shape, i, Patches.Stripes)).ToArray();
        var alone = patches.Select(p => _network.Encode(p)).ToArray();
        var expected = alone.Select(e => Matte(e, alone[0], alone[3])).ToArray();

        Parallel.For(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            var encoded = _network.Encode(patches[i % 8]);
            Assert.Equal(alone[i % 8].Tokens, encoded.Tokens);
            Assert.Equal(alone[i % 8].Activations, encoded.Activations);
            Assert.Equal(expected[i % 8], Matte(encoded, alone[0], alone[3]));
        });
    }

    [Fact]
    public void WrongSizes_AreRefused()
    {
        var encoded = Encode(9, Patches.Stripes);
        Assert.Throws<ArgumentOutOfRangeException>(() => _network.Encode(new float[7]));
        Assert.Throws<ArgumentOutOfRangeException>(() => _network.Matte(encoded.Activations.AsMemory(1), [], new float[72 * 72]));
        Assert.Throws<ArgumentOutOfRangeException>(() => _network.Matte(encoded.Activations, [encoded.Tokens.AsMemory(1)], new float[72 * 72]));
        Assert.Throws<ArgumentOutOfRangeException>(() => _network.Matte(encoded.Activations, [], new float[72]));
    }

    [Fact]
    public void RegionsThatAreNone_AreRefused()
    {
        var encoded = Encode(9, Patches.Stripes);
        encoded.Tokens[5] = 3;
        Assert.Throws<ArgumentException>(() => _network.Matte(encoded.Activations, [encoded.Tokens], new float[72 * 72]));
        encoded.Activations[5] = 200;
        Assert.Throws<ArgumentException>(() => _network.Matte(encoded.Activations, [], new float[72 * 72]));
    }
}
