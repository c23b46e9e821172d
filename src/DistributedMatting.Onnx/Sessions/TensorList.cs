using Microsoft.ML.OnnxRuntime;

namespace DistributedMatting.Onnx.Sessions;

/// <summary>
/// Tensors of one call, over memory that the caller keeps pinned while this lives: nothing is copied
/// on the way in or out.
/// </summary>
internal sealed unsafe class TensorList(int capacity) : IDisposable
{
    private readonly List<string> _names = new(capacity);
    private readonly List<OrtValue> _values = new(capacity);

    public IReadOnlyCollection<string> Names => _names;

    public IReadOnlyCollection<OrtValue> Values => _values;

    /// <summary>Adds a tensor over <paramref name="data"/>.</summary>
    /// <param name="spec">Name, type and sizes.</param>
    /// <param name="data">First byte; pinned.</param>
    /// <param name="bytes">Bytes that belong to it.</param>
    /// <param name="rows">Stands for the first size, where that is free.</param>
    /// <returns>The first byte after it.</returns>
    public byte* Add(TensorSpec spec, void* data, long bytes, long? rows = null)
    {
        var sizes = rows is { } n ? [n, .. spec.Sizes.AsSpan(1)] : spec.Sizes;
        _values.Add(OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, spec.Type, sizes, (nint)data, bytes));
        _names.Add(spec.Name);
        return (byte*)data + bytes;
    }

    public void Dispose()
    {
        foreach (var value in _values) value.Dispose();
    }
}
