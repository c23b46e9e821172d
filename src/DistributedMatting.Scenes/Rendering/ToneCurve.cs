using System.Numerics;

namespace DistributedMatting.Scenes.Rendering;

/// <summary>From linear light to what a file holds: a film-like shoulder, then the sRGB curve; by table.</summary>
internal static class ToneCurve
{
    private const int Steps = 8192;
    private const float Brightest = 8f;
    private static readonly float[] Table = Build();

    /// <summary>Linear light, 0 upward, to display values 0 to 1.</summary>
    public static Vector3 Encode(Vector3 light) => new(Encode(light.X), Encode(light.Y), Encode(light.Z));

    private static float Encode(float light)
    {
        // Square-root spacing: shadows need finer steps than highlights.
        var at = MathF.Sqrt(Math.Clamp(light, 0f, Brightest) * (1f / Brightest)) * Steps;
        var i = Math.Min((int)at, Steps - 1);
        return Table[i] + (at - i) * (Table[i + 1] - Table[i]);
    }

    private static float[] Build()
    {
        var table = new float[Steps + 1];
        for (var i = 0; i <= Steps; i++)
        {
            var root = (float)i / Steps;
            var light = root * root * Brightest * 1.12f;
            // Narkowicz's fit to the ACES curve (2015), its toe softened.
            var film = light * (2.35f * light + 0.10f) / (light * (2.35f * light + 0.75f) + 0.22f);
            film = Math.Clamp(film * 0.985f, 0f, 1f);
            table[i] = film <= 0.0031308f ? 12.92f * film : 1.055f * MathF.Pow(film, 1f / 2.4f) - 0.055f;
        }

        return table;
    }
}
