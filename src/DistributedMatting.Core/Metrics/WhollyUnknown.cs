using DistributedMatting.Core.Patches;
using DistributedMatting.Core.Plates;

namespace DistributedMatting.Core.Metrics;

/// <summary>Patches that see nothing known: what is told of their pixels comes from elsewhere on the plate (HDMatt, Sec. 1).</summary>
public static class WhollyUnknown
{
    /// <summary>Keeps those unknown pixels for which wholly unknown patches alone answer.</summary>
    /// <param name="regions">The trimap of the whole plate, row by row: <see cref="Region"/> values.</param>
    /// <param name="grid">How the plate is cut.</param>
    /// <returns>The trimap with every other pixel called background; and how many patches see only unknown pixels.</returns>
    public static (byte[] Regions, int Patches) Only(byte[] regions, PatchGrid grid)
    {
        ArgumentNullException.ThrowIfNull(regions);
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentOutOfRangeException.ThrowIfNotEqual(regions.Length, grid.Size.Pixels);

        var (kept, patches, width) = ((byte[])regions.Clone(), 0, grid.Size.Width);
        for (var index = 0; index < grid.Count; index++)
        {
            var window = grid[index].Bounds;
            var (right, bottom) = (Math.Min(window.Right, width), Math.Min(window.Bottom, grid.Size.Height));
            var seesKnown = false;
            for (var y = window.Y; y < bottom && !seesKnown; y++)
                seesKnown = regions.AsSpan(y * width + window.X, right - window.X).ContainsAnyExcept((byte)Region.Unknown);
            if (!seesKnown)
            {
                patches++;
                continue;
            }

            // Background is zero. Neighbours overlap: what this patch answers for, too, says nothing of the others alone.
            for (var y = window.Y; y < bottom; y++)
                kept.AsSpan(y * width + window.X, right - window.X).Clear();
        }

        return (kept, patches);
    }
}
