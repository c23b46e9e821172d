namespace DistributedMatting.Onnx.Models;

/// <summary>
/// One tensor that the encoder gives and the matter takes, by the same name:
/// deep features, a skip, the codes of a pool. What it means is the network's affair.
/// </summary>
/// <param name="Name">Name in both graphs.</param>
/// <param name="Type">Type of an element: <c>uint8</c>, <c>float16</c> or <c>float32</c>.</param>
/// <param name="Dimensions">The 4 sizes [1, C, H, W].</param>
public sealed record ActivationTensor(string Name, string Type, IReadOnlyList<int> Dimensions)
{
    /// <summary>Its size in bytes.</summary>
    public long Bytes => Dimensions.Aggregate(ElementBytes, (bytes, size) => checked(bytes * size));

    private long ElementBytes => Type switch
    {
        "uint8" => 1,
        "float16" => 2,
        _ => 4,
    };
}
