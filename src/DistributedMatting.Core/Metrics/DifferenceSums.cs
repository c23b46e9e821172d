using DistributedMatting.Core.Plates;

namespace DistributedMatting.Core.Metrics;

/// <summary>SAD and MSE of a matte that comes in pieces: rows, bands, or all at once.</summary>
public sealed class DifferenceSums
{
    private double _absolute;
    private double _squared;

    /// <summary>Unknown pixels compared so far.</summary>
    public long UnknownPixels { get; private set; }

    /// <summary>Sum of |Δα| over the unknown region ÷ 1000.</summary>
    public double Sad => _absolute / 1000;

    /// <summary>Mean of Δα² over the unknown region; 0 where nothing is unknown.</summary>
    public double Mse => UnknownPixels == 0 ? 0 : _squared / UnknownPixels;

    /// <summary>Adds the next pixels; the three go together pixel by pixel.</summary>
    /// <param name="alpha">The matte, 0 to 1.</param>
    /// <param name="truth">The true matte, 0 to 1.</param>
    /// <param name="regions"><see cref="Region"/> values.</param>
    public void Add(ReadOnlySpan<float> alpha, ReadOnlySpan<float> truth, ReadOnlySpan<byte> regions)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(truth.Length, alpha.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(regions.Length, alpha.Length);
        for (var i = 0; i < alpha.Length; i++)
        {
            if (regions[i] != (byte)Region.Unknown) continue;
            var difference = (double)alpha[i] - truth[i];
            _absolute += Math.Abs(difference);
            _squared += difference * difference;
            UnknownPixels++;
        }
    }
}
