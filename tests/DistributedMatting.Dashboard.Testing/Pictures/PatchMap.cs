using DistributedMatting.Core.Patches;
using DistributedMatting.Core.Plates;

namespace DistributedMatting.Dashboard.Testing.Pictures;

/// <summary>The scene's patches: which are known, and what the others would draw on.</summary>
internal static class PatchMap
{
    public const int Side = 320;
    public const int Margin = 32;

    public static PatchGrid Grid { get; } = new(new PixelSize(Scene.Width, Scene.Height), Side, Margin);

    /// <summary>Indices of the patches with unknown pixels, in row order.</summary>
    public static int[] Queries { get; } = [.. Enumerable.Range(0, Grid.Count).Where(IsUnknown)];

    /// <summary>One letter a patch: the first of the queries are matted, the next encoded, the others wait.</summary>
    public static string States(int encoded, int matted, int? failed)
    {
        var states = new char[Grid.Count];
        Array.Fill(states, 'k');
        for (var i = 0; i < Queries.Length; i++) states[Queries[i]] = i < matted ? 'm' : i < encoded ? 'e' : 'w';
        if (failed is { } index) states[index] = 'f';
        return new string(states);
    }

    /// <summary>Three other queries, best first.</summary>
    public static IEnumerable<(int Index, double Score)> Contexts(int index)
    {
        var at = Array.IndexOf(Queries, index);
        if (at < 0) yield break;
        int[] steps = [7, 23, 41];
        foreach (var step in steps) yield return (Queries[(at + step) % Queries.Length], Math.Round(2.45 / Math.Sqrt(step), 3));
    }

    private static bool IsUnknown(int index)
    {
        var area = Grid[index].Bounds;
        for (var y = area.Y; y < Math.Min(area.Bottom, Scene.Height); y += 16)
            for (var x = area.X; x < Math.Min(area.Right, Scene.Width); x += 16)
                if (Scene.Trimap(x, y) == 1) return true;
        return false;
    }
}
