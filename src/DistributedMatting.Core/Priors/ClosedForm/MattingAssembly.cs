using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using DistributedMatting.Core.Plates;

namespace DistributedMatting.Core.Priors.ClosedForm;

/// <summary>
/// Sets up the matting Laplacian (Levin, Lischinski, Weiss: "A Closed-Form Solution to Natural Image Matting",
/// PAMI 2008, Eq. 12) of the unknown cells. A piece of work owns some rows and visits all windows that touch them.
/// </summary>
internal sealed class MattingAssembly
{
    const int RowsEach = 16;

    readonly float[] rgb;
    readonly byte[] regions;
    readonly PixelSize size;
    readonly UnknownLayout layout;
    readonly MattingSystem system;
    readonly ClosedFormOptions options;

    MattingAssembly(float[] rgb, byte[] regions, UnknownLayout layout, ClosedFormOptions options)
    {
        (this.rgb, this.regions, this.layout, this.options) = (rgb, regions, layout, options);
        size = layout.Size;
        system = new MattingSystem(layout);
    }

    /// <summary>The system of an image of at least 3×3.</summary>
    public static MattingSystem Build(float[] rgb, byte[] regions, UnknownLayout layout, ClosedFormOptions options, CancellationToken cancel)
    {
        var assembly = new MattingAssembly(rgb, regions, layout, options);
        assembly.Build(cancel);
        return assembly.system;
    }

    void Build(CancellationToken cancel)
    {
        var pieces = Work.Pieces(size.Height + 4, RowsEach);
        Work.For(pieces, options.Threads, AddWindows, cancel);

        // What A says of known neighbours and of all neighbours, while it still has them.
        var known = new float[layout.Count];
        var unknown = new float[layout.Count];
        var all = new float[layout.Count];
        Array.Fill(all, 1f);
        Work.For(Work.Pieces(size.Height, RowsEach), options.Threads, i => Scatter(i, known, unknown), cancel);
        var toAll = new float[layout.Count];
        Work.For(system.Pieces.Length - 1, options.Threads, i =>
        {
            system.Multiply(i, known, system.RightHandSide);
            system.Multiply(i, all, toAll);
        }, cancel);
        Work.For(pieces, options.Threads, i => Close(i, unknown, toAll), cancel);
    }

    void Scatter(int piece, float[] known, float[] unknown)
    {
        for (var y = piece * RowsEach; y < Math.Min(size.Height, (piece + 1) * RowsEach); y++)
        {
            foreach (var segment in layout.Segments(y))
            {
                var first = Math.Max(0, segment.X);
                var end = Math.Min(size.Width, segment.X + segment.Length);
                for (var x = first; x < end; x++)
                {
                    var region = (Region)regions[y * size.Width + x];
                    var at = segment.Offset + x - segment.X;
                    known[at] = region == Region.Foreground ? 1 : 0;
                    unknown[at] = region == Region.Unknown ? 1 : 0;
                }
            }
        }
    }

    /// <summary>Only unknown cells stay; the diagonal makes each row of the whole Laplacian sum to zero.</summary>
    void Close(int piece, float[] unknown, float[] toAll)
    {
        var first = piece * RowsEach - UnknownLayout.Reach;
        var end = Math.Min(first + RowsEach, size.Height + UnknownLayout.Reach);
        var c = system.Coefficients;
        for (var y = first; y < end; y++)
        {
            foreach (var segment in layout.Segments(y))
            {
                var spans = y < 0 || y >= size.Height ? [] : layout.Runs.AsSpan(layout.FirstRun[y]..layout.FirstRun[y + 1]);
                var done = segment.Offset;
                var segmentEnd = segment.Offset + segment.Length;
                foreach (var run in spans)
                {
                    if (run.Here < segment.Offset || run.Here >= segmentEnd) continue;

                    Zero(done, run.Here);
                    done = run.Here + run.Registers * UnknownLayout.Lanes;
                    Mask(run, unknown, toAll);
                }

                Zero(done, segmentEnd);
            }
        }

        void Zero(int from, int to)
        {
            for (var p = 0; p < MattingSystem.Planes; p++) c.AsSpan(p * layout.Count + from, to - from).Clear();
        }
    }

    void Mask(in UnknownLayout.Run run, float[] unknown, float[] toAll)
    {
        var c = system.Coefficients;
        var n = layout.Count;
        var length = run.Registers * UnknownLayout.Lanes;
        var own = unknown.AsSpan(run.Here, length);
        for (var i = 0; i < length; i++)
        {
            c[run.Here + i] = -toAll[run.Here + i] * own[i];
            system.RightHandSide[run.Here + i] *= -own[i];
        }

        for (var p = 1; p < MattingSystem.Planes; p++)
        {
            var (dx, dy) = MattingSystem.Steps[p];
            var from = dx + (dy == 0 ? run.Here : dy == 1 ? run.Down1 : run.Down2);
            var other = unknown.AsSpan(from, length);
            var plane = c.AsSpan(p * n + run.Here, length);
            for (var i = 0; i < length; i++) plane[i] *= own[i] * other[i];
        }
    }

    void AddWindows(int piece)
    {
        var first = piece * RowsEach - UnknownLayout.Reach;
        var end = Math.Min(first + RowsEach, size.Height + UnknownLayout.Reach);
        var colours = new float[9 * (size.Width + UnknownLayout.Lanes)];
        for (var y = Math.Max(1, first - 1); y <= Math.Min(size.Height - 2, end); y++)
        {
            foreach (var (x, stop) in UnknownLayout.Union(layout.Spanned, y, 1, 1, 1))
            {
                var left = Math.Max(1, x);
                var right = Math.Min(size.Width - 1, stop);
                if (left < right) AddWindows(y, left, right - left, first, end, colours);
            }
        }
    }

    /// <summary>Adds <paramref name="count"/> windows about row <paramref name="y"/> to the rows first … end − 1.</summary>
    void AddWindows(int y, int x, int count, int first, int end, float[] colours)
    {
        var stride = count + 2 + UnknownLayout.Lanes;
        var plane = size.Width * size.Height;
        for (var row = 0; row < 3; row++)
        {
            for (var channel = 0; channel < 3; channel++)
            {
                var line = colours.AsSpan((3 * row + channel) * stride, stride);
                rgb.AsSpan(channel * plane + (y + row - 1) * size.Width + x - 1, count + 2).CopyTo(line);
                line[(count + 2)..].Clear();
            }
        }

        Span<Vector256<float>> window = stackalloc Vector256<float>[27];
        for (var i = 0; i < count; i += UnknownLayout.Lanes)
        {
            for (var row = 0; row < 3; row++)
            {
                for (var channel = 0; channel < 3; channel++)
                {
                    ref var line = ref colours[(3 * row + channel) * stride + i];
                    for (var column = 0; column < 3; column++)
                        window[3 * (3 * row + column) + channel] = Vector256.LoadUnsafe(ref Unsafe.Add(ref line, column));
                }
            }

            Windows.Whiten(window, options.Epsilon);
            var inside = Vector256.LessThan(Vector256.Create(0f, 1, 2, 3, 4, 5, 6, 7), Vector256.Create((float)(count - i)));
            var weight = inside & Vector256.Create(-1f / 9f);
            for (var row = Math.Max(0, first - y + 1); row < Math.Min(3, end - y + 1); row++)
                AddPairs(window, row, layout.Index(x + i - 1, y + row - 1), weight);
        }
    }

    /// <summary>Adds the pairs whose first pixel is in the given row of the window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void AddPairs(ReadOnlySpan<Vector256<float>> window, int row, int at, Vector256<float> weight)
    {
        ref var c = ref MemoryMarshal.GetArrayDataReference(system.Coefficients);
        for (var p = 3 * row; p < 3 * row + 3; p++)
        {
            for (var q = p + 1; q < 9; q++)
            {
                var product = window[3 * p] * window[3 * q] + window[3 * p + 1] * window[3 * q + 1] + window[3 * p + 2] * window[3 * q + 2];
                var k = MattingSystem.Plane(q % 3 - p % 3, q / 3 - row);
                ref var target = ref Unsafe.Add(ref c, (nint)k * layout.Count + at + p % 3);
                (Vector256.LoadUnsafe(ref target) + (Vector256<float>.One + product) * weight).StoreUnsafe(ref target);
            }
        }
    }
}
