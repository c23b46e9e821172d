using System.Runtime.InteropServices;
using DistributedMatting.Core.Networks;
using DistributedMatting.Core.Patches;
using DistributedMatting.Core.Plates;
using DistributedMatting.Core.Priors;

namespace DistributedMatting.PriorsServer;

/// <summary>The prior planes of each window of a request, as half floats.</summary>
internal static class Answer
{
    /// <summary>Solves the request and writes 11 × side × side halves a window.</summary>
    public static void Write(PriorRequest request, int threads, Stream output)
    {
        var options = new PriorOptions { Pixels = request.Pixels, Threads = threads };
        var priors = PlatePriors.Solve(Reduce(request, options), options);
        foreach (var window in request.Windows)
        {
            var pixels = window.Width * window.Height;
            var planes = new float[NetworkInput.PriorChannels * pixels];
            priors.Fill(window, Colours(request, window), planes);
            var halves = new ushort[planes.Length];
            Halves.Narrow(planes, halves);
            output.Write(MemoryMarshal.AsBytes(halves.AsSpan()));
        }
    }

    static ReducedPlate Reduce(PriorRequest request, PriorOptions options)
    {
        var (width, height) = (request.Size.Width, request.Size.Height);
        var reducer = new PlateReducer(request.Size, options);
        var row = new ushort[3 * width];
        var regions = new byte[width];
        for (var y = 0; y < height; y++)
        {
            var rgb = request.Rgb.AsSpan(3 * width * y, 3 * width);
            for (var i = 0; i < row.Length; i++) row[i] = (ushort)(257 * rgb[i]);
            var trimap = request.Trimap.AsSpan(width * y, width);
            for (var i = 0; i < width; i++) regions[i] = (byte)(trimap[i] < 64 ? Region.Background : trimap[i] > 191 ? Region.Foreground : Region.Unknown);
            reducer.AddPlate(row);
            reducer.AddTrimap(regions);
        }

        return reducer.Finish();
    }

    static float[] Colours(PriorRequest request, PixelRect window)
    {
        var pixels = window.Width * window.Height;
        var planes = new float[3 * pixels];
        var columns = new int[window.Width];
        for (var x = 0; x < columns.Length; x++) columns[x] = Reflection.Index(window.X + x, request.Size.Width);
        for (var y = 0; y < window.Height; y++)
        {
            var row = Reflection.Index(window.Y + y, request.Size.Height) * request.Size.Width;
            for (var x = 0; x < window.Width; x++)
            {
                var from = 3 * (row + columns[x]);
                for (var c = 0; c < 3; c++) planes[c * pixels + y * window.Width + x] = request.Rgb[from + c] * (1f / 255f);
            }
        }

        return planes;
    }
}
