using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DistributedMatting.Core.Priors.Sampling;

/// <summary>How well a foreground and a background sample explain a cell.</summary>
/// <param name="Alpha">0 to 1.</param>
/// <param name="Residual">What the mixture leaves unexplained; colours are 0 to 1.</param>
/// <param name="Cost">The residual in code values of eight bits, the mixture's own cost, and how far the samples lie (He et al. 2011, Eq. 2–4).</param>
internal readonly record struct ColourPair(float Alpha, float Residual, float Cost)
{
    /// <summary>Spread of two colours below which they are one.</summary>
    private const float SameColour = 1e-9f;

    /// <param name="own">The cell's colour.</param>
    /// <param name="x">The cell's column.</param>
    /// <param name="y">The cell's row.</param>
    /// <param name="near">One over the cell's distance to the nearest known foreground and background.</param>
    /// <param name="foreground">The first sample.</param>
    /// <param name="background">The other.</param>
    /// <param name="mixtureCost">See <see cref="SamplingOptions.MixtureCost"/>.</param>
    /// <param name="least">A cost that must be beaten: a pair that cannot is told with an infinite cost.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ColourPair Of(
        Vector128<float> own, float x, float y, (float Foreground, float Background) near,
        in KnownSample foreground, in KnownSample background, float mixtureCost, float least)
    {
        var span = foreground.Colour - background.Colour;
        var rest = own - background.Colour;
        var spread = Vector128.Dot(span, span);
        var alpha = spread > SameColour ? Math.Clamp(Vector128.Dot(rest, span) / spread, 0f, 1f) : 0.5f;

        var left = rest - alpha * span;
        var residual = MathF.Sqrt(Vector128.Dot(left, left));
        var cost = residual + mixtureCost;
        var (asBackground, asForeground) = (Vector128.Dot(rest, rest), Vector128.Dot(rest - span, rest - span));
        var pure = MathF.Sqrt(Math.Min(asBackground, asForeground));
        if (pure < cost) (alpha, residual, cost) = (asForeground < asBackground ? 1f : 0f, pure, pure);

        // Most pairs end here, before their places are looked at.
        cost *= 255f;
        if (cost >= least) return new ColourPair(alpha, residual, float.PositiveInfinity);
        cost += Distance(foreground.X - x, foreground.Y - y) * near.Foreground + Distance(background.X - x, background.Y - y) * near.Background;
        return new ColourPair(alpha, residual, cost);
    }

    private static float Distance(float dx, float dy) => MathF.Sqrt(dx * dx + dy * dy);
}
