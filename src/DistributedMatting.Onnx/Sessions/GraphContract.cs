using DistributedMatting.Core;
using DistributedMatting.Onnx.Models;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace DistributedMatting.Onnx.Sessions;

/// <summary>What goes in and out of the two graphs. Activations are the card's; all other names are fixed here.</summary>
internal sealed class GraphContract
{
    public GraphContract(ModelCard card)
    {
        var shape = card.Shape;
        long cells = shape.Cells, keys = shape.KeyChannels, values = shape.ValueChannels;
        Activations = [.. card.Activations.Select(TensorSpec.Of)];
        EncoderInputs = [new("patch", TensorElementType.Float, 1, shape.InputChannels, shape.Patch, shape.Patch)];
        EncoderOutputs =
        [
            new("regions", TensorElementType.UInt8, cells),
            .. Activations,
            new("keys", TensorElementType.Float16, cells, keys),
            new("values", TensorElementType.Float16, cells, values),
            new("query_sum", TensorElementType.Float, keys),
            new("context_sum", TensorElementType.Float, keys),
        ];
        MatterInputs =
        [
            .. Activations,
            new("query_cells", TensorElementType.Int64, -1),
            .. RegionLetters.SelectMany(r => new TensorSpec[]
            {
                new($"keys_{r}", TensorElementType.Float16, -1, keys),
                new($"values_{r}", TensorElementType.Float16, -1, values),
            }),
        ];
        MatterOutputs = [new("alpha", TensorElementType.Float, 1, 1, shape.Patch, shape.Patch)];
    }

    /// <summary>Regions in the order in which their tokens go in: unknown, foreground, background (Eq. 3).</summary>
    private static readonly string[] RegionLetters = ["u", "f", "b"];

    public IReadOnlyList<TensorSpec> Activations { get; }

    public IReadOnlyList<TensorSpec> EncoderInputs { get; }

    public IReadOnlyList<TensorSpec> EncoderOutputs { get; }

    public IReadOnlyList<TensorSpec> MatterInputs { get; }

    public IReadOnlyList<TensorSpec> MatterOutputs { get; }

    /// <summary>Throws unless a graph's doors are these.</summary>
    /// <exception cref="InvalidInputException">Names the first tensor that is not as its card says.</exception>
    public static void Check(string path, InferenceSession session, IReadOnlyList<TensorSpec> inputs, IReadOnlyList<TensorSpec> outputs)
    {
        foreach (var spec in inputs) Check(path, "input", spec, session.InputMetadata);
        foreach (var spec in outputs) Check(path, "output", spec, session.OutputMetadata);
        var strange = session.InputMetadata.Keys.FirstOrDefault(name => inputs.All(spec => spec.Name != name));
        if (strange is not null)
            throw new InvalidInputException($"{path} wants an input \"{strange}\" that its card does not know; export both together.");
    }

    private static void Check(string path, string door, TensorSpec spec, IReadOnlyDictionary<string, NodeMetadata> metadata)
    {
        if (!metadata.TryGetValue(spec.Name, out var found))
            throw new InvalidInputException($"{path} has no {door} \"{spec.Name}\"; its card asks for {spec}.");
        if (!found.IsTensor || found.ElementDataType != spec.Type || !Fits(found.Dimensions, spec.Sizes))
            throw new InvalidInputException(
                $"{path}: {door} \"{spec.Name}\" is {found.ElementDataType} [{string.Join(", ", found.Dimensions)}]; its card asks for {spec}.");
    }

    private static bool Fits(int[] found, long[] wanted) =>
        found.Length == wanted.Length && found.Zip(wanted).All(pair => pair.First < 0 || pair.First == pair.Second);
}
