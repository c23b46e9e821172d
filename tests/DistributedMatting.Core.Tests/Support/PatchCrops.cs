using DistributedMatting.Core.Patches;
using DistributedMatting.Core.Stitching;

namespace DistributedMatting.Core.Tests.Support;

/// <summary>Patches cut out of one matte, reflected past its edges; counts how often each is read.</summary>
internal sealed class PatchCrops(PatchGrid grid, ushort[] matte) : IPatchAlphas
{
    public int[] Reads { get; } = new int[grid.Count];

    public void Read(int patchIndex, Span<ushort> alpha)
    {
        Reads[patchIndex]++;
        var bounds = grid[patchIndex].Bounds;
        for (var y = 0; y < grid.Side; y++)
            for (var x = 0; x < grid.Side; x++)
                alpha[y * grid.Side + x] = matte[
                    Reflection.Index(bounds.Y + y, grid.Size.Height) * grid.Size.Width
                    + Reflection.Index(bounds.X + x, grid.Size.Width)];
    }
}

/// <summary>Patches that know nothing of each other: noise of their own.</summary>
internal sealed class PatchNoise(PatchGrid grid, int seed) : IPatchAlphas
{
    public void Read(int patchIndex, Span<ushort> alpha)
    {
        var random = new Random(seed ^ patchIndex * 7919 ^ grid.Count);
        foreach (ref var value in alpha) value = (ushort)random.Next(65536);
    }
}
