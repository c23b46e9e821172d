using DistributedMatting.Core;
using DistributedMatting.Core.Plates;
using DistributedMatting.Scenes.Figure;
using DistributedMatting.Scenes.Landscape;
using DistributedMatting.Scenes.Noise;
using DistributedMatting.Scenes.Overlays;
using DistributedMatting.Scenes.Strokes;
using DistributedMatting.Scenes.Trimaps;

namespace DistributedMatting.Scenes;

/// <summary>
/// The demo plate before it is rendered: a figure with long hair and a fur collar, seen from behind against
/// an evening landscape, with twigs, a torn fence and drifting smoke before it. Geometry is in units of the
/// plate's side: the same seed shows the same picture at every size, and its memory does not grow with
/// the size but for the tile index. Immutable; any number of renderers may share it.
/// </summary>
public sealed class Scene
{
    /// <summary>Smallest side, in pixels.</summary>
    public const int SmallestSize = 256;

    /// <summary>Greatest side, in pixels.</summary>
    public const int LargestSize = 32768;

    private Scene(int size, int seed)
    {
        Size = new PixelSize(size, size);
        Seed = seed;
        Salt = Hash.Salt(seed, 1);
        Backdrop = new Backdrop(seed, Salt);

        var nearHair = new StrokeLayer(StrokeKind.Fibre);
        var farHair = new StrokeLayer(StrokeKind.Fibre);
        var fur = new StrokeLayer(StrokeKind.Fibre);
        var leaves = new StrokeLayer(StrokeKind.Leaf);
        var bark = new StrokeLayer(StrokeKind.Bark);
        var fence = new StrokeLayer(StrokeKind.Wire);
        var strands = HairLocks.Grow(seed, Salt);
        Coat = new Coat(size, Salt);
        var openness = new Openness(strands, Coat);
        HairShading.Light(strands, openness, BehindTheNeck, float.MaxValue, nearHair);
        HairShading.Light(strands, openness, float.MinValue, BehindTheNeck, farHair);
        FurCollar.Grow(seed, Salt, fur);
        Twigs.Grow(seed, Salt, bark, leaves);
        Fence.String(seed, Salt, fence);

        Leaves = new StrokeIndex(leaves, size);
        Bark = new StrokeIndex(bark, size);
        Wires = new StrokeIndex(fence, size);
        NearHair = new StrokeIndex(nearHair, size);
        FarHair = new StrokeIndex(farHair, size);
        Fur = new StrokeIndex(fur, size);
        Smoke = new Smoke(size, Salt);
        Brush = new BrushStrokes(size, seed);
    }

    /// <summary>Size of the plate; it is square.</summary>
    public PixelSize Size { get; }

    /// <summary>What everything in the scene is drawn from.</summary>
    public int Seed { get; }

    internal uint Salt { get; }

    internal StrokeIndex Leaves { get; }

    internal StrokeIndex Bark { get; }

    internal StrokeIndex Wires { get; }

    internal StrokeIndex NearHair { get; }

    internal StrokeIndex FarHair { get; }

    internal StrokeIndex Fur { get; }

    internal Coat Coat { get; }

    internal Smoke Smoke { get; }

    internal Backdrop Backdrop { get; }

    internal BrushStrokes Brush { get; }

    /// <summary>Hair deeper than this hangs behind collar and coat.</summary>
    private const float BehindTheNeck = -0.035f;

    /// <summary>Lays out a scene.</summary>
    /// <param name="size">Side in pixels, <see cref="SmallestSize"/> to <see cref="LargestSize"/>.</param>
    /// <param name="seed">Any number; the same number gives the same scene.</param>
    /// <exception cref="InvalidInputException">The size is out of range.</exception>
    public static Scene Create(int size, int seed)
    {
        if (size is < SmallestSize or > LargestSize)
        {
            throw new InvalidInputException($"--size is {size}; a demo plate has a side of {SmallestSize} to {LargestSize} pixels");
        }

        return new Scene(size, seed);
    }
}
