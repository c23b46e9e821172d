using DistributedMatting.Core.Networks;
using DistributedMatting.Core.Plates;

namespace DistributedMatting.Core.Priors;

/// <summary>
/// Solves the priors of a plate of a few cells, so that the solver's loops are compiled before the first real plate.
/// Compiling takes a third of a second on one thread, as much as solving; while a network loads there is one to spare.
/// </summary>
public static class PriorsWarmUp
{
    // Large enough that every loop runs: the solver halves it once and has several coarse levels.
    private const int Side = 160;
    private const int Window = 64;

    /// <summary>Runs once through all that priors do; nothing is kept.</summary>
    public static void Run()
    {
        // Two threads, whoever calls: what one thread runs is part of what two run.
        var options = new PriorOptions { Pixels = PriorOptions.LeastPixels, Threads = 2 };
        var size = new PixelSize(Side, Side);
        var reducer = new PlateReducer(size, options);
        reducer.AddPlate(Plate());
        reducer.AddTrimap(Trimap());
        var priors = PlatePriors.Solve(reducer.Finish(), options);

        var rgb = new float[3 * Window * Window];
        priors.Fill(new PixelRect(8, 8, Window, Window), rgb, new float[NetworkInput.PriorChannels * Window * Window]);
    }

    /// <summary>A ramp with some grain: a system without any structure would be solved in no iteration.</summary>
    private static ushort[] Plate()
    {
        var plate = new ushort[3 * Side * Side];
        for (var i = 0; i < plate.Length; i++) plate[i] = (ushort)(i / 3 % Side * 300 + i * 7919 % 4093);
        return plate;
    }

    private static byte[] Trimap()
    {
        var trimap = new byte[Side * Side];
        for (var i = 0; i < trimap.Length; i++)
            trimap[i] = (byte)((i % Side) switch { < Side / 8 => Region.Background, >= Side - Side / 8 => Region.Foreground, _ => Region.Unknown });
        return trimap;
    }
}
