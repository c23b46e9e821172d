using DistributedMatting.Core.Plates;
using DistributedMatting.Scenes.Rendering;
using DistributedMatting.Scenes.Trimaps;

namespace DistributedMatting.Scenes;

/// <summary>
/// Renders a scene in bands of rows. Whatever the bands and the threads, a pixel has the same value: tiles lie
/// on a fixed lattice and a pixel depends on scene and place alone. Bands are best asked for from top to
/// bottom: the few rows that the trimap looks ahead are then rendered only once. Memory grows with the width, not the
/// height. Not for several callers at once.
/// </summary>
public sealed class SceneRenderer
{
    private readonly Scene _scene;
    private readonly int _threads;
    private readonly Dictionary<int, Strip> _strips = [];
    private readonly Stack<Strip> _spare = [];
    private readonly TrimapPainter _trimap;
    private readonly TilePainter[] _painters;

    /// <param name="scene">What to render.</param>
    /// <param name="threads">Threads to render with, 1 or more; 0 takes one for each processor.</param>
    public SceneRenderer(Scene scene, int threads = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        _scene = scene;
        _threads = threads == 0 ? Environment.ProcessorCount : threads;
        _trimap = new TrimapPainter(scene);
        _painters = [.. Enumerable.Range(0, _threads).Select(_ => new TilePainter(scene))];
    }

    /// <summary>Size of the plate.</summary>
    public PixelSize Size => _scene.Size;

    /// <summary>Renders whole rows.</summary>
    /// <param name="firstRow">First row, inside the plate.</param>
    /// <param name="rows">How many, at least 1; they must all lie inside the plate.</param>
    /// <param name="into">Receives plate, alpha, foreground and trimap.</param>
    /// <param name="cancellationToken">Stops between tiles.</param>
    public void RenderBand(int firstRow, int rows, SceneBand into, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(into);
        ArgumentOutOfRangeException.ThrowIfNegative(firstRow);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)firstRow + rows, Size.Height, nameof(rows));

        var first = Math.Max(0, firstRow - _trimap.Radius) / TileBuffer.Side;
        var last = Math.Min(Size.Height - 1, firstRow + rows - 1 + _trimap.Radius) / TileBuffer.Side;
        foreach (var old in _strips.Keys.Where(s => s < first || s > last).ToList())
        {
            _spare.Push(_strips[old]);
            _strips.Remove(old);
        }

        RenderStrips(first, last, into.WithBackground, cancellationToken);
        into.Begin(firstRow, rows, Size.Width);
        for (var row = 0; row < rows; row++)
        {
            _strips[(firstRow + row) / TileBuffer.Side].CopyRow((firstRow + row) % TileBuffer.Side, row, into);
        }

        _trimap.Paint(firstRow, rows, y => _strips[y / TileBuffer.Side].MixedRow(y % TileBuffer.Side), into);
    }

    private void RenderStrips(int first, int last, bool withBackground, CancellationToken cancellationToken)
    {
        var tiles = TileBuffer.TilesAlong(Size.Width);
        var missing = new List<Strip>();
        for (var s = first; s <= last; s++)
        {
            if (_strips.TryGetValue(s, out var there) && (!withBackground || there.HasBackground)) continue;

            var strip = _spare.TryPop(out var spare) ? spare : new Strip(Size.Width);
            strip.Begin(s, withBackground);
            missing.Add(strip);
        }

        // Tiles are dealt out one by one: some hold a thousand hairs, others only sky.
        var next = -1;
        var options = new ParallelOptions { MaxDegreeOfParallelism = _threads, CancellationToken = cancellationToken };
        Parallel.For(0, _threads, options, t =>
        {
            int tile;
            while ((tile = Interlocked.Increment(ref next)) < missing.Count * tiles)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var strip = missing[tile / tiles];
                _painters[t].Paint(tile % tiles, strip.TileY, strip);
            }
        });

        // Only whole strips are kept: a cancelled call leaves none half painted.
        foreach (var strip in missing) _strips[strip.TileY] = strip;
    }
}
