using DistributedMatting.Core.Networks;
using DistributedMatting.Core.Patches;
using DistributedMatting.Core.Priors;

namespace DistributedMatting.Workstation.Encoding;

/// <summary>One worker's buffers for a network's input: some 7 MB, made once and filled again for every patch.</summary>
internal sealed class PatchInput
{
    private readonly PatchReader _reader;
    private readonly IPriors? _priors;
    private readonly ushort[] _rgb;
    private readonly byte[] _regions;
    private readonly float[] _planes;

    /// <param name="reader">Of the plate and its trimap.</param>
    /// <param name="priors">Needed if <see cref="NetworkShape.TakesPriors"/>.</param>
    /// <param name="shape">Of the network.</param>
    public PatchInput(PatchReader reader, IPriors? priors, NetworkShape shape)
    {
        var pixels = shape.Patch * shape.Patch;
        _reader = reader;
        _priors = shape.TakesPriors
            ? priors ?? throw new ArgumentNullException(nameof(priors))
            : null;
        _rgb = new ushort[3 * pixels];
        _regions = new byte[pixels];
        _planes = new float[shape.InputChannels * pixels];
    }

    /// <summary>The planes of a patch; valid until the next call.</summary>
    public ReadOnlySpan<float> Read(Patch patch)
    {
        _reader.Read(patch.Bounds, _rgb, _regions);
        NetworkInput.Fill(_rgb, _regions, _planes);
        _priors?.Fill(patch.Bounds, _planes.AsSpan(0, _rgb.Length), _planes.AsSpan(NetworkInput.PlainChannels * _regions.Length));
        return _planes;
    }
}
