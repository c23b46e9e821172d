namespace DistributedMatting.Core.Networks;

/// <summary>Sizes of a matting network, as its card gives them.</summary>
/// <param name="Patch">Side of a patch in pixels, a multiple of <paramref name="Stride"/>.</param>
/// <param name="Stride">Pixels a side of a cell of the deep features: 8.</param>
/// <param name="InputChannels">5 (RGB, F, B) or 16 (with the priors).</param>
/// <param name="KeyChannels">Length of a key vector (θ).</param>
/// <param name="ValueChannels">Length of a value vector (φ, δ).</param>
/// <param name="ActivationBytes">Length of <see cref="EncodedPatch.Activations"/>.</param>
public sealed record NetworkShape(
    int Patch, int Stride, int InputChannels, int KeyChannels, int ValueChannels, int ActivationBytes)
{
    /// <summary>Cells in a patch's deep features: (Patch ÷ Stride)².</summary>
    public int Cells => Patch / Stride * (Patch / Stride);

    /// <summary>Whether the network takes the prior planes beside RGB and trimap.</summary>
    public bool TakesPriors => InputChannels > NetworkInput.PlainChannels;

    /// <summary>
    /// Length of <see cref="EncodedPatch.Tokens"/>: for every cell its region (1 byte), then for every
    /// cell its key, then for every cell its value, both as IEEE half floats.
    /// </summary>
    public int TokenBytes => Cells * (1 + 2 * (KeyChannels + ValueChannels));
}
