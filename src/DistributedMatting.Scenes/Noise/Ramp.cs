using System.Runtime.CompilerServices;

namespace DistributedMatting.Scenes.Noise;

/// <summary>The two curves everything here is mixed with.</summary>
internal static class Ramp
{
    /// <summary>0 below <paramref name="from"/>, 1 above <paramref name="to"/>, smooth between; falls when from &gt; to.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Smooth(float from, float to, float x)
    {
        var t = Math.Clamp((x - from) / (to - from), 0f, 1f);
        return t * t * (3f - 2f * t);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Mix(float a, float b, float t) => a + (b - a) * t;
}
