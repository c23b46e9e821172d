namespace DistributedMatting.Core.Priors.Nearest;

/// <summary>Colour of, and distance to, the nearest known cell of a region.</summary>
internal static class NearestColours
{
    const int Tabled = 1 << 14;

    /// <summary>Distance code: log₂(1 + pixels)/14, at most 1 (16,383 pixels).</summary>
    public static float Code(double pixels) => (float)Math.Min(1.0, Math.Log2(1 + pixels) / 14);

    /// <summary>The plate's three planes as halves.</summary>
    public static ushort[] Narrowed(ReducedPlate plate, int threads, CancellationToken cancel)
    {
        var halves = new ushort[3 * plate.Regions.Length];
        Halves.Narrow(plate.Rgb, halves, threads, cancel);
        return halves;
    }

    /// <summary>Fills R, G, B and distance planes of halves from each cell's nearest one; without any, grey and 1.</summary>
    /// <param name="plate">The reduced plate.</param>
    /// <param name="halves">Its <see cref="Narrowed"/> planes.</param>
    /// <param name="nearest">Index of each cell's nearest one.</param>
    /// <param name="planes">What is filled.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="cancel">Stops between pieces of work.</param>
    public static void Fill(ReducedPlate plate, ushort[] halves, int[]? nearest, Span<ushort[]> planes, int threads, CancellationToken cancel)
    {
        var (red, green, blue, distance) = (planes[0], planes[1], planes[2], planes[3]);
        if (nearest is null)
        {
            foreach (var plane in new[] { red, green, blue }) Array.Fill(plane, BitConverter.HalfToUInt16Bits((Half)0.5f));
            Array.Fill(distance, BitConverter.HalfToUInt16Bits(Half.One));
            return;
        }

        var cells = plate.Regions.Length;
        var width = plate.Size.Width;
        // Distances of cells are roots of whole numbers; the small ones, nearly all, are looked up.
        var table = new ushort[Tabled];
        for (var i = 0; i < Tabled; i++) table[i] = BitConverter.HalfToUInt16Bits((Half)Code(Math.Sqrt(i) * plate.Factor));
        Work.For(plate.Size.Height, threads, y =>
        {
            for (var x = 0; x < width; x++)
            {
                var at = y * width + x;
                var from = nearest[at];
                red[at] = halves[from];
                green[at] = halves[cells + from];
                blue[at] = halves[2 * cells + from];
                long dy = from / width - y, dx = from % width - x;
                var squared = dx * dx + dy * dy;
                distance[at] = squared < Tabled ? table[squared] : BitConverter.HalfToUInt16Bits((Half)Code(Math.Sqrt(squared) * plate.Factor));
            }
        }, cancel);
    }
}
