using System.Numerics;

namespace DistributedMatting.Core.Context;

/// <summary>
/// The candidates' pooled vectors as the right side of a matrix product: blocks of <see cref="BlockWidth"/>
/// candidates, channel by channel, so that one register holds the same channel of several candidates.
/// </summary>
internal sealed class CandidateMatrix
{
    /// <summary>Candidates in a block. A block of 128 channels is 32 kB: it stays in the first cache while it is used.</summary>
    public const int BlockWidth = 32;

    private readonly double[] _blocks;
    private readonly int _channels;

    public CandidateMatrix(IReadOnlyList<PooledVector> candidates, int channels)
    {
        _channels = channels;
        Count = candidates.Count;
        PaddedCount = (Count + BlockWidth - 1) / BlockWidth * BlockWidth;
        _blocks = new double[checked(PaddedCount * channels)];
        for (var i = 0; i < Count; i++)
        {
            var (block, lane) = Math.DivRem(i, BlockWidth);
            var values = candidates[i].Values.Span;
            for (var c = 0; c < channels; c++)
                _blocks[(block * channels + c) * BlockWidth + lane] = values[c];
        }
    }

    public int Count { get; }

    /// <summary>Scores that <see cref="Multiply"/> writes; those past <see cref="Count"/> are zero.</summary>
    public int PaddedCount { get; }

    /// <summary>
    /// h of Eq. 1 between one query and every candidate. Each product of two floats is exact in a double and each
    /// sum runs over the channels in order, so the result is the same for any register width, fused or not.
    /// </summary>
    public void Multiply(ReadOnlySpan<float> query, Span<double> scores)
    {
        var lanes = Vector<double>.Count;
        for (var block = 0; block < PaddedCount / BlockWidth; block++)
        {
            var matrix = _blocks.AsSpan(block * _channels * BlockWidth, _channels * BlockWidth);
            var target = scores.Slice(block * BlockWidth, BlockWidth);
            for (var lane = 0; lane < BlockWidth; lane += 4 * lanes)
            {
                var (a, b, c, d) = (Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero);
                for (var channel = 0; channel < query.Length; channel++)
                {
                    var q = new Vector<double>(query[channel]);
                    var row = matrix.Slice(channel * BlockWidth + lane, 4 * lanes);
                    a += q * new Vector<double>(row);
                    b += q * new Vector<double>(row[lanes..]);
                    c += q * new Vector<double>(row[(2 * lanes)..]);
                    d += q * new Vector<double>(row[(3 * lanes)..]);
                }
                a.CopyTo(target[lane..]);
                b.CopyTo(target[(lane + lanes)..]);
                c.CopyTo(target[(lane + 2 * lanes)..]);
                d.CopyTo(target[(lane + 3 * lanes)..]);
            }
        }
    }
}
