using DistributedMatting.Core.Networks;
using DistributedMatting.Core.Plates;

namespace DistributedMatting.Workstation.Bench;

/// <summary>TGNL and decoder, dense: every cell of the query asks, and every token answers for each of U, F and B.</summary>
/// <param name="activations">As <see cref="IMattingNetwork.Matte"/> takes them.</param>
/// <param name="contextTokens">As <see cref="IMattingNetwork.Matte"/> takes them.</param>
/// <param name="alpha">Receives the patch.</param>
public delegate void DenseMatte(Memory<byte> activations, IReadOnlyList<Memory<byte>> contextTokens, Span<float> alpha);

/// <summary>
/// The work of a dense TGNL, made with a network that gathers: the regions of all cells are overwritten, so that every
/// query cell asks and every token counts in each region. Same matrix sizes as a masked dense layer, so the same
/// time but for the masking; the alpha is not meant to be looked at.
/// </summary>
internal sealed class DenseMatting(IMattingNetwork network)
{
    private static readonly Region[] Regions = [Region.Unknown, Region.Foreground, Region.Background];

    public void Matte(Memory<byte> activations, IReadOnlyList<Memory<byte>> contextTokens, Span<float> alpha)
    {
        var cells = network.Shape.Cells;
        activations.Span[..cells].Fill((byte)Region.Unknown);
        var all = new List<ReadOnlyMemory<byte>>(Regions.Length * contextTokens.Count);
        foreach (var tokens in contextTokens)
            foreach (var region in Regions)
            {
                var copy = tokens.ToArray();
                copy.AsSpan(0, cells).Fill((byte)region);
                all.Add(copy);
            }
        network.Matte(activations, all, alpha);
    }
}
