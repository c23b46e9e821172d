using DistributedMatting.Core.Patches;
using DistributedMatting.Core.Plates;
using FsCheck;
using FsCheck.Fluent;

namespace DistributedMatting.Core.Tests.Support;

/// <summary>A plate's size, how it is cut, and a seed for what is on it.</summary>
public sealed record Cut(int Width, int Height, int Side, int Margin, int Seed)
{
    public PixelSize Size => new(Width, Height);

    public PatchGrid Grid => new(Size, Side, Margin);

    public Random Random() => new(Seed);
}

internal static class Cuts
{
    /// <summary>Any geometry: patches larger than the plate, margin 0 to half the side, plates of one pixel.</summary>
    public static Arbitrary<Cut> Any { get; } = Arb.From(
        from width in Gen.Choose(1, 70)
        from height in Gen.Choose(1, 70)
        from side in Gen.Choose(1, 40)
        from margin in Gen.Choose(0, side / 2)
        from seed in Gen.Choose(0, int.MaxValue - 1)
        select new Cut(width, height, side, margin, seed), Shrink);

    /// <summary>Checks a property for many cuts.</summary>
    public static void ForAll(Action<Cut> property) =>
        Prop.ForAll(Any, property).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithQuietOnSuccess(true));

    private static IEnumerable<Cut> Shrink(Cut cut)
    {
        if (cut.Width > 1) yield return cut with { Width = cut.Width / 2 };
        if (cut.Height > 1) yield return cut with { Height = cut.Height / 2 };
        if (cut.Margin > 0) yield return cut with { Margin = cut.Margin / 2 };
        if (cut.Side > 1 && cut.Margin <= cut.Side / 4) yield return cut with { Side = cut.Side / 2 };
    }
}
