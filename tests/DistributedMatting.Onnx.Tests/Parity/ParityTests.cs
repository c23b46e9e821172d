using DistributedMatting.Core.Networks;
using DistributedMatting.Onnx.Devices;
using DistributedMatting.Onnx.Models;

namespace DistributedMatting.Onnx.Tests.Parity;

/// <summary>The exported parts, called as a plate calls them, equal PyTorch: any K, none, and empty regions.</summary>
public sealed class ParityTests
{
    private const double AlphaTolerance = 1e-4;

    /// <summary>Of sums over up to 1600 cells, in another order than PyTorch's.</summary>
    private const double RelativeSumTolerance = 1e-4;

    [Fact]
    public void EveryModel_EqualsPyTorch()
    {
        var models = Vectors.Models().ToList();
        if (models.Count == 0) Assert.Skip("models/weights holds no model with vectors.");
        foreach (var model in models) EqualsPyTorch(model);
    }

    private static void EqualsPyTorch(string folder)
    {
        var vectors = Vectors.Read(Path.Combine(folder, "vectors"));
        using var network = OnnxMattingNetwork.Load(ModelFolder.Open(folder), DeviceList.OfThisMachine().Find("cpu"));
        Assert.Equal(vectors.Side, network.Shape.Patch);
        AssertContextsMatter(vectors, Path.Combine(folder, "vectors"));

        var encoded = Enumerable.Range(0, vectors.Patches).Select(i => network.Encode(SamplePatches.Make(network.Shape, i))).ToArray();
        for (var i = 0; i < encoded.Length; i++)
        {
            AssertSums($"{folder}: query_sum of patch {i}", vectors.Sums[i].QuerySum, encoded[i].QuerySum);
            AssertSums($"{folder}: context_sum of patch {i}", vectors.Sums[i].ContextSum, encoded[i].ContextSum);
        }
        foreach (var vector in vectors.Cases) AssertAlpha(network, encoded, vectors, vector, Path.Combine(folder, "vectors"));
    }

    // Were alpha the same with and without contexts, wrong tokens would pass.
    private static void AssertContextsMatter(Vectors vectors, string folder)
    {
        var three = vectors.Cases.First(c => c.Contexts.Count == 3).Alpha(folder);
        var none = vectors.Cases.First(c => c.Contexts.Count == 0).Alpha(folder);
        var most = three.Zip(none).Max(pair => Math.Abs(pair.First - pair.Second));
        Assert.True(most > 3 * AlphaTolerance, $"{folder}: contexts change alpha by only {most:g3}: these vectors prove little.");
    }

    private static void AssertAlpha(OnnxMattingNetwork network, EncodedPatch[] encoded, Vectors vectors, VectorCase vector, string folder)
    {
        var side = network.Shape.Patch;
        var alpha = new float[side * side];
        network.Matte(encoded[vector.Query].Activations, [.. vector.Contexts.Select(i => (ReadOnlyMemory<byte>)encoded[i].Tokens)], alpha);

        var expected = vector.Alpha(folder);
        Assert.Equal(vector.Shape[0] * vector.Shape[1], expected.Length);
        Assert.True(expected.Distinct().Count() > 100, $"{folder}/{vector.File} is flat: it would prove nothing.");
        var worst = 0.0;
        for (var i = 0; i < expected.Length; i++)
        {
            int x = i % vector.Shape[1] * vectors.Step, y = i / vector.Shape[1] * vectors.Step;
            worst = Math.Max(worst, Math.Abs(expected[i] - alpha[y * side + x]));
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{folder}/{vector.File}: alpha differs by at most {worst:g3}");
        Assert.True(worst <= AlphaTolerance, $"{folder}/{vector.File}: alpha differs by {worst:g3}, allowed are {AlphaTolerance:g3}.");
    }

    private static void AssertSums(string what, float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        var scale = expected.Max(Math.Abs);
        var worst = expected.Zip(actual).Max(pair => Math.Abs(pair.First - pair.Second));
        Assert.True(worst <= RelativeSumTolerance * scale, $"{what} differs by {worst:g3} of {scale:g3}.");
    }
}
