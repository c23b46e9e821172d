using System.Runtime.InteropServices;
using DistributedMatting.Core.Networks;

namespace DistributedMatting.Onnx.Tests.Support;

/// <summary>What the stand-in computes, written down once more in plain loops (StandIn/make.py).</summary>
public static class StandInFormula
{
    private const int Patch = 72, Cell = 8, Side = 9, Cells = Side * Side, Keys = 2, Values = 3;

    /// <summary>Regions, then the mean R, G, B of every cell, as the encoder should see them.</summary>
    public static (byte[] Regions, float[,] Means) Encode(ReadOnlySpan<float> patch)
    {
        var regions = new byte[Cells];
        var means = new float[Cells, 5];
        for (var channel = 0; channel < 5; channel++)
        {
            for (var i = 0; i < Patch * Patch; i++)
                means[i / Patch / Cell * Side + i % Patch / Cell, channel] += patch[channel * Patch * Patch + i] / (Cell * Cell);
        }
        for (var cell = 0; cell < Cells; cell++)
        {
            regions[cell] = (byte)(1 + (means[cell, 3] > 0.999 ? 1 : 0) - (means[cell, 4] > 0.999 ? 1 : 0));
            for (var channel = 0; channel < Values; channel++) means[cell, channel] = (float)(Half)means[cell, channel];
        }
        return (regions, means);
    }

    /// <summary>Alpha of a query by Eq. 3's sums over the tokens of each region.</summary>
    public static float[] Matte(EncodedPatch query, IReadOnlyList<EncodedPatch> contexts)
    {
        var regions = query.Activations.AsSpan(0, Cells);
        var features = MemoryMarshal.Cast<byte, Half>(query.Activations.AsSpan(Cells, Cells * Values * 2));
        var detail = query.Activations.AsSpan(Cells + Cells * Values * 2);
        var alpha = new float[Patch * Patch];
        var found = new double[Cells];
        for (var cell = 0; cell < Cells; cell++)
        {
            if (regions[cell] != 1) continue;
            double q0 = (double)features[cell], q1 = (double)features[Cells + cell];
            foreach (var (region, weight) in new[] { (1, 1 / 8.0), (2, 2 / 8.0), (0, 4 / 8.0) })
                found[cell] += weight * Attend(q0, q1, region, contexts);
        }
        for (var i = 0; i < alpha.Length; i++)
            alpha[i] = (float)Math.Clamp(found[i / Patch / Cell * Side + i % Patch / Cell] + detail[i] / (8.0 * 255), 0, 1);
        return alpha;
    }

    private static double Attend(double q0, double q1, int region, IReadOnlyList<EncodedPatch> contexts)
    {
        double numerator = 0, denominator = 0;
        foreach (var context in contexts)
        {
            var keys = MemoryMarshal.Cast<byte, Half>(context.Tokens.AsSpan(Cells, Cells * Keys * 2));
            var values = MemoryMarshal.Cast<byte, Half>(context.Tokens.AsSpan(Cells + Cells * Keys * 2));
            for (var cell = 0; cell < Cells; cell++)
            {
                if (context.Tokens[cell] != region) continue;
                var share = Math.Exp(q0 * (double)keys[2 * cell] + q1 * (double)keys[2 * cell + 1]);
                numerator += share * ((double)values[3 * cell] + (double)values[3 * cell + 1] + (double)values[3 * cell + 2]) / 3;
                denominator += share;
            }
        }
        return denominator == 0 ? 0 : numerator / denominator;
    }
}
