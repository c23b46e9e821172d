using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DistributedMatting.Core.Priors.Sampling;

/// <summary>Eight neighbours of a row.</summary>
internal static class Eight
{
    /// <summary>Eight values from a place on; zero past the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load(float[] from, int at) =>
        at <= from.Length - Vector256<float>.Count ? Vector256.Create(from, at) : LoadLast(from, at);

    private static Vector256<float> LoadLast(float[] from, int at)
    {
        Span<float> last = stackalloc float[Vector256<float>.Count];
        from.AsSpan(at).CopyTo(last);
        return Vector256.Create<float>(last);
    }
}
