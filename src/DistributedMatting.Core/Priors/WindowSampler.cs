using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using DistributedMatting.Core.Networks;
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

    public WindowSampler(ushort[][] halves, float[] guided, PixelSize size, PixelSize fullSize, int factor, PixelRect window)
    {
        (this.halves, this.guided, this.size, this.window) = (halves, guided, size, window);
        columns = new Axis(window.X, window.Width, fullSize.Width, size.Width, factor);
        rows = new Axis(window.Y, window.Height, fullSize.Height, size.Height, factor);
        stride = (window.Width + Lanes - 1) / Lanes * Lanes;
        stretched = [new float[Maps * stride], new float[Maps * stride]];
        cells = new float[columns.Most - columns.Least + Lanes];
    }

    public void Fill(ReadOnlySpan<float> rgb, Span<float> planes)
    {
        var pixels = window.Width * window.Height;
        for (var y = 0; y < window.Height; y++)
        {
            // Neighbouring rows of cells differ in parity, so each has a place of its own.
            var near = Stretch(rows.Near[y]);
            var far = rows.Share[y] == 0 ? near : Stretch(rows.Far[y]);
            var at = y * window.Width;
            if (window.Width < Lanes) RowOfFew(near, far, rows.Share[y], rgb, planes, at, pixels);
            else Row(near, far, rows.Share[y], rgb, planes, at, pixels, window.Width);
        }
    }

    float[] Stretch(int row)
    {
        var place = row & 1;
        if (stretchedRow[place] == row) return stretched[place];

        stretchedRow[place] = row;
        var first = row * size.Width + columns.Least;
        var own = cells.AsSpan(0, columns.Most - columns.Least + 1);
        for (var map = 0; map < Maps; map++)
        {
            if (map < PlatePriors.HalfMaps) Halves.Widen(halves[map].AsSpan(first, own.Length), own);
            else guided.AsSpan((int)((map - PlatePriors.HalfMaps) * size.Pixels) + first, own.Length).CopyTo(own);
            columns.Stretch(cells, stretched[place].AsSpan(map * stride, window.Width));
        }

        return stretched[place];
    }

    /// <summary>All planes of a row in one pass; a plane is too long to come back to.</summary>
    void Row(float[] near, float[] far, float share, ReadOnlySpan<float> rgb, Span<float> planes, int at, int pixels, int width)
    {
        ref var n = ref MemoryMarshal.GetArrayDataReference(near);
        ref var f = ref MemoryMarshal.GetArrayDataReference(far);
        ref var own = ref MemoryMarshal.GetReference(rgb[at..]);
        ref var to = ref MemoryMarshal.GetReference(planes[at..]);
        for (var x = 0; x < width; x += Lanes)
        {
            // The last two registers of a row may overlap.
            var i = (nuint)Math.Min(x, width - Lanes);
            var (f0, f1, f2) = (Map(ref n, ref f, 0, i, share), Map(ref n, ref f, 1, i, share), Map(ref n, ref f, 2, i, share));
            var (b0, b1, b2) = (Map(ref n, ref f, 3, i, share), Map(ref n, ref f, 4, i, share), Map(ref n, ref f, 5, i, share));
            Store(f0, ref to, 0, i, pixels);
            Store(f1, ref to, 1, i, pixels);
            Store(f2, ref to, 2, i, pixels);
            Store(b0, ref to, 3, i, pixels);
            Store(b1, ref to, 4, i, pixels);
            Store(b2, ref to, 5, i, pixels);
            Store(Map(ref n, ref f, 6, i, share), ref to, 6, i, pixels);
            Store(Map(ref n, ref f, 7, i, share), ref to, 7, i, pixels);
            Store(Map(ref n, ref f, 8, i, share), ref to, 9, i, pixels);

            var (red, green, blue) = (Load(ref own, 0, i, pixels), Load(ref own, 1, i, pixels), Load(ref own, 2, i, pixels));
            var (d0, d1, d2) = (f0 - b0, f1 - b1, f2 - b2);
            var along = (red - b0) * d0 + (green - b1) * d1 + (blue - b2) * d2;
            Store(Clamp(along / (d0 * d0 + d1 * d1 + d2 * d2 + Vector256.Create(1e-3f))), ref to, 8, i, pixels);
            var alpha = Map(ref n, ref f, 9, i, share) * red + Map(ref n, ref f, 10, i, share) * green
                + Map(ref n, ref f, 11, i, share) * blue + Map(ref n, ref f, 12, i, share);
            Store(Clamp(alpha), ref to, 10, i, pixels);
        }
    }

    /// <summary>The same for a window narrower than a register, in a row that is wide enough.</summary>
    void RowOfFew(float[] near, float[] far, float share, ReadOnlySpan<float> rgb, Span<float> planes, int at, int pixels)
    {
        Span<float> wide = stackalloc float[(3 + NetworkInput.PriorChannels) * Lanes];
        var own = wide[..(3 * Lanes)];
        var to = wide[(3 * Lanes)..];
        for (var c = 0; c < 3; c++) rgb.Slice(c * pixels + at, window.Width).CopyTo(own[(c * Lanes)..]);
        Row(near, far, share, own, to, 0, Lanes, Lanes);
        for (var p = 0; p < NetworkInput.PriorChannels; p++) to.Slice(p * Lanes, window.Width).CopyTo(planes[(p * pixels + at)..]);
    }

    Vector256<float> Map(ref float near, ref float far, int map, nuint at, float share)
    {
        var from = (nuint)(map * stride) + at;
        var a = Vector256.LoadUnsafe(ref near, from);
        return a + share * (Vector256.LoadUnsafe(ref far, from) - a);
    }

    static Vector256<float> Load(ref float planes, int plane, nuint at, int pixels) => Vector256.LoadUnsafe(ref planes, (nuint)plane * (nuint)pixels + at);

    static void Store(Vector256<float> values, ref float planes, int plane, nuint at, int pixels) =>
        values.StoreUnsafe(ref planes, (nuint)plane * (nuint)pixels + at);

    static Vector256<float> Clamp(Vector256<float> v) => Vector256.Min(Vector256.Max(v, Vector256<float>.Zero), Vector256<float>.One);

    /// <summary>For each pixel along an axis the two cells it lies between and the share of the second.</summary>
    sealed class Axis
    {
        public Axis(int first, int count, int pixels, int cells, int factor)
        {
            (Near, Far, Share, Firsts) = (new int[count], new int[count], new float[count], new int[count / Lanes]);
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

            for (var i = 0; i < Firsts.Length; i++) Firsts[i] = FirstOfEight(i * Lanes);
            Contiguous = factor == 1 && first >= 0 && first + count <= pixels;
        }

        /// <summary>Cells are pixels, in order: nothing to blend.</summary>
        bool Contiguous { get; }

        /// <summary>The least cell of eight pixels, from <see cref="Least"/>; negative where they lie between more than eight cells.</summary>
        int[] Firsts { get; }

        public int[] Near { get; }

        public int[] Far { get; }

        public float[] Share { get; }

        public int Least { get; }

        public int Most { get; }

        /// <param name="from">Cells from <see cref="Least"/> on, and seven floats more.</param>
        /// <param name="to">A value a pixel.</param>
        public void Stretch(ReadOnlySpan<float> from, Span<float> to)
        {
            if (Contiguous)
            {
                from[..to.Length].CopyTo(to);
                return;
            }

            for (var i = 0; i < Firsts.Length; i++)
            {
                if (Firsts[i] >= 0) StretchEight(from, to, i * Lanes, Firsts[i]);
                else StretchSome(from, to, i * Lanes, Lanes);
            }

            StretchSome(from, to, Firsts.Length * Lanes, to.Length % Lanes);
        }

        void StretchEight(ReadOnlySpan<float> from, Span<float> to, int at, int first)
        {
            var cells = Vector256.Create(from[first..]);
            var least = Vector256.Create(Least + first);
            var near = Vector256.Shuffle(cells, Vector256.Create(Near.AsSpan(at)) - least);
            var far = Vector256.Shuffle(cells, Vector256.Create(Far.AsSpan(at)) - least);
            (near + Vector256.Create(Share.AsSpan(at)) * (far - near)).CopyTo(to[at..]);
        }

        void StretchSome(ReadOnlySpan<float> from, Span<float> to, int at, int count)
        {
            for (var i = at; i < at + count; i++)
            {
                var near = from[Near[i] - Least];
                to[i] = near + Share[i] * (from[Far[i] - Least] - near);
            }
        }

        int FirstOfEight(int at)
        {
            var (least, most) = (int.MaxValue, 0);
            for (var i = at; i < at + Lanes; i++) (least, most) = (Math.Min(least, Near[i]), Math.Max(most, Far[i]));
            return most - least < Lanes ? least - Least : -1;
        }
    }
}
