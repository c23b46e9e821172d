namespace DistributedMatting.Core.Priors.Sampling;

/// <summary>One over each unknown cell's distance, in cells, to the nearest known foreground and background; 0 for known cells.</summary>
internal sealed class Nearness
{
    /// <param name="plate">The reduced plate.</param>
    /// <param name="foreground">Index of the nearest known foreground cell of each cell.</param>
    /// <param name="background">The same of the background.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="cancel">Stops between pieces of work.</param>
    public Nearness(ReducedPlate plate, int[] foreground, int[] background, int threads, CancellationToken cancel)
    {
        var width = plate.Size.Width;
        (Foreground, Background) = (new float[plate.Regions.Length], new float[plate.Regions.Length]);
        UnknownCells.For(plate, threads, (x, y) =>
        {
            var at = y * width + x;
            Foreground[at] = OneOver(foreground[at]);
            Background[at] = OneOver(background[at]);

            float OneOver(int nearest)
            {
                float dx = nearest % width - x, dy = nearest / width - y;
                return 1 / MathF.Sqrt(dx * dx + dy * dy);
            }
        }, cancel);
    }

    public float[] Foreground { get; }

    public float[] Background { get; }
}
