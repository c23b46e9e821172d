using System.Numerics;
using DistributedMatting.Scenes.Noise;

namespace DistributedMatting.Scenes.Rendering;

/// <summary>Grain of film: mostly in the brightness, a little in the colours, softer than a pixel.</summary>
internal static class FilmGrain
{
    private const int Wide = TileBuffer.Side + 1;

    /// <param name="tile">Where.</param>
    /// <param name="salt">The scene's salt.</param>
    /// <param name="noise">Scratch, at least 65 × 65.</param>
    /// <param name="grain">Receives one value a pixel of the tile, deviation about 1.</param>
    public static void Fill(TileBuffer tile, uint salt, Vector3[] noise, Vector3[] grain)
    {
        for (var y = 0; y < Wide; y++)
        {
            // A hash of the row first: side by side in one hash, x and y leave a faint weave in flat skies.
            var rowHash = (int)Hash.Lattice(tile.Y + y, 78, salt);
            for (var x = 0; x < Wide; x++)
            {
                var h = Hash.Lattice(tile.X + x, rowHash, salt);
                var g = Hash.Lattice((int)h, 77, salt);
                // Sums of two bytes: triangular, and as good as normal once neighbours are added.
                var shared = Sum(h) * 0.80f;
                noise[y * Wide + x] = new Vector3(
                    shared + 0.42f * Sum(h >> 16), shared + 0.42f * Sum(g), shared + 0.55f * Sum(g >> 16));
            }
        }

        for (var y = 0; y < tile.Height; y++)
        {
            for (var x = 0; x < tile.Width; x++)
            {
                var i = y * Wide + x;
                grain[y * TileBuffer.Side + x] =
                    0.62f * noise[i] + 0.36f * (noise[i + 1] + noise[i + Wide]) + 0.20f * noise[i + Wide + 1];
            }
        }
    }

    /// <summary>Two bytes as one value: mean 0, deviation 1.</summary>
    private static float Sum(uint bits) => ((bits & 0xFF) + ((bits >> 8) & 0xFF) - 255f) * (1f / 104.5f);
}
