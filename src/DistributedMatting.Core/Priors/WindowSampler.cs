using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using DistributedMatting.Core.Patches;
using DistributedMatting.Core.Plates;

namespace DistributedMatting.Core.Priors;

/// <summary>
/// Bilinear samples of one window, cell centres over cell centres. A row of cells is stretched to the window's columns once
/// and blended with its neighbour for each row of pixels, so the gathers are a factor fewer than the pixels.
/// </summary>
internal sealed class WindowSampler
{
    const int Maps = PlatePriors.HalfMaps + 4;
    const int Lanes = 8;

    readonly ushort[][] halves;
    readonly float[] guided;
    readonly PixelSize size;
    readonly int stride;
    readonly PixelRect window;
    readonly Axis columns;
    readonly Axis rows;
    readonly float[][] stretched;
    readonly int[] stretchedRow = [-1, -1];
    readonly float[] cells;
    readonly float[] line;

    public WindowSampler(ushort[][] halves, float[] guided, PixelSize size, PixelSize fullSize, int factor, PixelRect window)
    {
        (this.halves, this.guided, this.size, this.window) = (halves, guided, size, window);
        columns = new Axis(window.X, window.Width, fullSize.Width, size.Width, factor);
        rows = new Axis(window.Y, window.Height, fullSize.Height, size.Height, factor);
        stride = (window.Width + Lanes - 1) / Lanes * Lanes;
        stretched = [new float[Maps * stride], new float[Maps * stride]];
        cells = new float[columns.Most - columns.Least + 1];
        line = new float[Maps * stride];
    }

    public void Fill(ReadOnlySpan<float> rgb, Span<float> planes)
    {
        var pixels = window.Width * window.Height;
        for (var y = 0; y < window.Height; y++)
        {
            // Neighbouring rows of cells differ in parity, so each has a place of its own.
            var near = Stretch(rows.Near[y]);
            var far = rows.Share[y] == 0 ? near : Stretch(rows.Far[y]);
            Blend(near, far, rows.Share[y]);

            var at = y * window.Width;
            for (var map = 0; map < 8; map++) line.AsSpan(map * stride, window.Width).CopyTo(planes[(map * pixels + at)..]);
            line.AsSpan(8 * stride, window.Width).CopyTo(planes[(9 * pixels + at)..]);
            Apply(
                rgb.Slice(at, window.Width), rgb.Slice(pixels + at, window.Width), rgb.Slice(2 * pixels + at, window.Width),
                planes.Slice(8 * pixels + at, window.Width), planes.Slice(10 * pixels + at, window.Width));
        }
    }

    float[] Stretch(int row)
    {
        var place = row & 1;
        if (stretchedRow[place] == row) return stretched[place];

        stretchedRow[place] = row;
        var first = row * size.Width + columns.Least;
        for (var map = 0; map < Maps; map++)
        {
            if (map < PlatePriors.HalfMaps) Halves.Widen(halves[map].AsSpan(first, cells.Length), cells);
            else guided.AsSpan((int)((map - PlatePriors.HalfMaps) * size.Pixels) + first, cells.Length).CopyTo(cells);
            columns.Stretch(cells, stretched[place].AsSpan(map * stride, window.Width));
        }

        return stretched[place];
    }

    void Blend(float[] near, float[] far, float share)
    {
        var a = MemoryMarshal.Cast<float, Vector256<float>>(near);
        var b = MemoryMarshal.Cast<float, Vector256<float>>(far);
        var to = MemoryMarshal.Cast<float, Vector256<float>>(line.AsSpan());
        for (var i = 0; i < to.Length; i++) to[i] = a[i] + share * (b[i] - a[i]);
    }

    /// <summary>Where the pixel's own colour lies between the two nearest ones, and the guided alpha.</summary>
    void Apply(ReadOnlySpan<float> r, ReadOnlySpan<float> g, ReadOnlySpan<float> b, Span<float> projection, Span<float> guidedAlpha)
    {
        if (r.Length < Lanes)
        {
            ApplyNarrow(r, g, b, projection, guidedAlpha);
            return;
        }

        ref var m = ref MemoryMarshal.GetArrayDataReference(line);
        ref var rs = ref MemoryMarshal.GetReference(r);
        ref var gs = ref MemoryMarshal.GetReference(g);
        ref var bs = ref MemoryMarshal.GetReference(b);
        for (var x = 0; x < r.Length; x += Lanes)
        {
            // The last two registers of a row may overlap.
            var i = (nuint)Math.Min(x, r.Length - Lanes);
            var (red, green, blue) = (Vector256.LoadUnsafe(ref rs, i), Vector256.LoadUnsafe(ref gs, i), Vector256.LoadUnsafe(ref bs, i));
            var (b0, b1, b2) = (Map(ref m, 3, i), Map(ref m, 4, i), Map(ref m, 5, i));
            var (d0, d1, d2) = (Map(ref m, 0, i) - b0, Map(ref m, 1, i) - b1, Map(ref m, 2, i) - b2);
            var along = (red - b0) * d0 + (green - b1) * d1 + (blue - b2) * d2;
            Clamp(along / (d0 * d0 + d1 * d1 + d2 * d2 + Vector256.Create(1e-3f))).StoreUnsafe(ref MemoryMarshal.GetReference(projection), i);
            var alpha = Map(ref m, 9, i) * red + Map(ref m, 10, i) * green + Map(ref m, 11, i) * blue + Map(ref m, 12, i);
            Clamp(alpha).StoreUnsafe(ref MemoryMarshal.GetReference(guidedAlpha), i);
        }
    }

    Vector256<float> Map(ref float maps, int map, nuint at) => Vector256.LoadUnsafe(ref maps, (nuint)(map * stride) + at);

    static Vector256<float> Clamp(Vector256<float> v) => Vector256.Min(Vector256.Max(v, Vector256<float>.Zero), Vector256<float>.One);

    void ApplyNarrow(ReadOnlySpan<float> r, ReadOnlySpan<float> g, ReadOnlySpan<float> b, Span<float> projection, Span<float> guidedAlpha)
    {
        Span<float> wide = stackalloc float[5 * Lanes];
        r.CopyTo(wide);
        g.CopyTo(wide[Lanes..]);
        b.CopyTo(wide[(2 * Lanes)..]);
        Apply(wide[..Lanes], wide.Slice(Lanes, Lanes), wide.Slice(2 * Lanes, Lanes), wide.Slice(3 * Lanes, Lanes), wide.Slice(4 * Lanes, Lanes));
        wide.Slice(3 * Lanes, r.Length).CopyTo(projection);
        wide.Slice(4 * Lanes, r.Length).CopyTo(guidedAlpha);
    }

    /// <summary>For each pixel along an axis the two cells it lies between and the share of the second.</summary>
    sealed class Axis
    {
        public Axis(int first, int count, int pixels, int cells, int factor)
        {
            (Near, Far, Share) = (new int[count], new int[count], new float[count]);
            (Least, Most) = (int.MaxValue, 0);
            for (var i = 0; i < count; i++)
            {
                var pixel = Reflection.Index(first + i, pixels);
                var at = Math.Clamp((pixel + 0.5) / factor - 0.5, 0, cells - 1);
                Near[i] = (int)at;
                Far[i] = Math.Min(Near[i] + 1, cells - 1);
                Share[i] = (float)(at - Near[i]);
                Least = Math.Min(Least, Near[i]);
                Most = Math.Max(Most, Far[i]);
            }

            Contiguous = factor == 1 && first >= 0 && first + count <= pixels;
        }

        /// <summary>Cells are pixels, in order: nothing to blend.</summary>
        bool Contiguous { get; }

        public int[] Near { get; }

        public int[] Far { get; }

        public float[] Share { get; }

        public int Least { get; }

        public int Most { get; }

        public void Stretch(ReadOnlySpan<float> from, Span<float> to)
        {
            if (Contiguous)
            {
                from[..to.Length].CopyTo(to);
                return;
            }

            for (var i = 0; i < to.Length; i++)
            {
                var near = from[Near[i] - Least];
                to[i] = near + Share[i] * (from[Far[i] - Least] - near);
            }
        }
    }
}
