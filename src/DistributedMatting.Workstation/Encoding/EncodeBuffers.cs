using DistributedMatting.Core.Networks;
using DistributedMatting.Core.Patches;

namespace DistributedMatting.Workstation.Encoding;

/// <summary>
/// What one encoding thread keeps between patches. Arrays that are new for every patch would lie about as garbage until
/// the collector comes: hundreds of megabytes beyond what the caches were allowed.
/// </summary>
internal sealed class EncodeBuffers(PatchEncoder.Worker encoder, NetworkShape shape) : IDisposable
{
    private readonly byte[] _tokens = new byte[shape.TokenBytes];
    private byte[]? _activations;

    public PatchEncoder.Worker Encoder => encoder;

    /// <summary>Tokens are valid until the next call; activations are the caller's.</summary>
    public EncodedPatch Encode(Patch patch)
    {
        var free = _activations;
        _activations = null;
        return encoder.Encode(patch, _tokens, free);
    }

    /// <summary>Gives back activations that nobody needs.</summary>
    public void Free(byte[]? activations) => _activations = activations;

    public void Dispose() => encoder.Dispose();
}
