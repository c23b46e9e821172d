using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DistributedMatting.Core.Priors.Sampling;

/// <summary>How well a foreground and a background sample explain a cell, in eight lanes.</summary>
/// <param name="Alpha">0 to 1.</param>
/// <param name="Residual">What the mixture leaves unexplained; colours are 0 to 1.</param>
/// <param name="Cost">The residual in code values of eight bits and the mixture's own cost (He et al. 2011, Eq. 2); how far the samples lie (Eq. 3) comes to it.</param>
internal readonly record struct ColourPairs(Vector256<float> Alpha, Vector256<float> Residual, Vector256<float> Cost)
{
    /// <summary>Squared spread of two colours below which they are one.</summary>
    private const float SameColour = 1e-9f;

    /// <param name="own">What is to be explained.</param>
    /// <param name="foreground">The first samples' colours.</param>
    /// <param name="background">The others'.</param>
    /// <param name="mixtureCost">See <see cref="SamplingOptions.MixtureCost"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ColourPairs Of(in Colours own, in Colours foreground, in Colours background, float mixtureCost)
    {
        var span = foreground - background;
        var rest = own - background;
        var spread = Colours.Dot(span, span);
        var along = Vector256.Min(Vector256.Max(Colours.Dot(rest, span) / spread, Vector256<float>.Zero), Vector256<float>.One);
        var alpha = Vector256.ConditionalSelect(Vector256.GreaterThan(spread, Vector256.Create(SameColour)), along, Vector256.Create(0.5f));

        var left = rest.Less(alpha, span);
        var residual = Vector256.Sqrt(Colours.Dot(left, left));
        var cost = residual + Vector256.Create(mixtureCost);
        var other = rest - span;
        var (asBackground, asForeground) = (Colours.Dot(rest, rest), Colours.Dot(other, other));
        var pure = Vector256.Sqrt(Vector256.Min(asBackground, asForeground));
        var isPure = Vector256.LessThan(pure, cost);
        alpha = Vector256.ConditionalSelect(isPure, Vector256.LessThan(asForeground, asBackground) & Vector256<float>.One, alpha);
        residual = Vector256.ConditionalSelect(isPure, pure, residual);
        return new ColourPairs(alpha, residual, Vector256.Min(pure, cost) * 255f);
    }
}
