namespace DistributedMatting.Core.Networks;

/// <summary>What the encoder gives for one patch. Bytes, so that it can wait in memory, on disk or on another machine.</summary>
/// <param name="Tokens">Context tokens, laid out as <see cref="NetworkShape.TokenBytes"/> says.</param>
/// <param name="Activations">What the decoder needs of the query: deep features, skips, pool codes. Opaque.</param>
/// <param name="QuerySum">Σ of the keys over the patch's unknown cells (left side of Eq. 1); <c>KeyChannels</c> long.</param>
/// <param name="ContextSum">Σ of the keys over all cells (right side of Eq. 1); <c>KeyChannels</c> long.</param>
public sealed record EncodedPatch(byte[] Tokens, byte[] Activations, float[] QuerySum, float[] ContextSum);
