namespace DistributedMatting.Core.Networks;

/// <summary>
/// The two halves of HDMatt that a server needs: encode a patch once, then matte it with the
/// context patches that were ranked for it. Safe for many threads at once; the result of a call
/// depends on its arguments alone, never on the number of threads.
/// </summary>
public interface IMattingNetwork : IDisposable
{
    /// <summary>Sizes of everything that goes in and comes out.</summary>
    NetworkShape Shape { get; }

    /// <summary>Runs the encoder, ASPP and the embeddings θ, φ, δ on one patch.</summary>
    /// <param name="input">Planar <c>[Shape.InputChannels, Patch, Patch]</c>; see <see cref="NetworkInput"/>.</param>
    /// <param name="tokens">An array of <c>Shape.TokenBytes</c> that nobody needs any more, to be filled; null for a new one.</param>
    /// <param name="activations">The same of <c>Shape.ActivationBytes</c>.</param>
    EncodedPatch Encode(ReadOnlySpan<float> input, byte[]? tokens = null, byte[]? activations = null);

    /// <summary>Runs TGNL (Eq. 3) and the decoder for one query patch.</summary>
    /// <param name="activations">What <see cref="Encode"/> gave for the query: <see cref="EncodedPatch.Activations"/>.</param>
    /// <param name="contextTokens">
    /// <see cref="EncodedPatch.Tokens"/> of the context patches, best first; none at all is allowed
    /// (every region is then empty and contributes exactly zero).
    /// </param>
    /// <param name="alpha">Receives <c>Patch × Patch</c> values, 0 to 1, row by row.</param>
    void Matte(ReadOnlyMemory<byte> activations, IReadOnlyList<ReadOnlyMemory<byte>> contextTokens, Span<float> alpha);
}
