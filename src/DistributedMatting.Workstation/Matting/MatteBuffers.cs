using DistributedMatting.Core;
using DistributedMatting.Core.Networks;
using DistributedMatting.Core.Stitching;
using DistributedMatting.Workstation.Encoding;

namespace DistributedMatting.Workstation.Matting;

/// <summary>What one matting thread keeps between patches.</summary>
internal sealed class MatteBuffers(NetworkShape shape, PatchEncoder encoder) : IDisposable
{
    private readonly List<byte[]> _tokens = [];
    private readonly List<ReadOnlyMemory<byte>> _contexts = [];
    private byte[]? _activations;
    private byte[]? _ownTokens;
    private PatchEncoder.Worker? _encoder;

    public float[] Alpha { get; } = new float[shape.Patch * shape.Patch];

    public ushort[] Units { get; } = new ushort[shape.Patch * shape.Patch];

    // Made when first needed: with enough memory a thread needs none of them.
    public byte[] Activations => _activations ??= new byte[shape.ActivationBytes];

    public byte[] Tokens => _ownTokens ??= new byte[shape.TokenBytes];

    public PatchEncoder.Worker Encoder => _encoder ??= encoder.NewWorker();

    /// <summary>Tokens of context patches; valid until the next call.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Contexts(IReadOnlyList<int> patches, Action<int, byte[]> read)
    {
        _contexts.Clear();
        for (var i = 0; i < patches.Count; i++)
        {
            if (_tokens.Count == i) _tokens.Add(new byte[shape.TokenBytes]);
            read(patches[i], _tokens[i]);
            _contexts.Add(_tokens[i]);
        }
        return _contexts;
    }

    /// <summary>Brings <see cref="Alpha"/> to <see cref="Units"/>.</summary>
    public void Encode(int patch)
    {
        try
        {
            UnitAlpha.Encode(Alpha, Units);
        }
        catch (ArgumentException error)
        {
            throw new InvalidInputException($"Patch {patch}: the network gave NaN as alpha where only 0 to 1 makes sense; is the model file damaged?", error);
        }
    }

    public void Dispose() => _encoder?.Dispose();
}
