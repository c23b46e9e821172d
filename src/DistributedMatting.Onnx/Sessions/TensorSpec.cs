using DistributedMatting.Onnx.Models;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace DistributedMatting.Onnx.Sessions;

/// <summary>A tensor at a graph's door. A size of −1 is free.</summary>
internal sealed record TensorSpec(string Name, TensorElementType Type, params long[] Sizes)
{
    public static TensorSpec Of(ActivationTensor tensor) => new(
        tensor.Name,
        tensor.Type switch
        {
            "uint8" => TensorElementType.UInt8,
            "float16" => TensorElementType.Float16,
            _ => TensorElementType.Float,
        },
        [.. tensor.Dimensions.Select(size => (long)size)]);

    public override string ToString() => $"{Name} {Type} [{string.Join(", ", Sizes.Select(s => s < 0 ? "any" : $"{s}"))}]";
}
