namespace DistributedMatting.Dashboard.Testing.Pictures;

/// <summary>
/// A made-up plate of 6000×4000 pixels: a disc with hair all around over an evening sky. Any pixel of any view can be
/// asked for, so no picture is ever held.
/// </summary>
internal static class Scene
{
    public const int Width = 6000;
    public const int Height = 4000;

    private const double CentreX = 3000, CentreY = 2150, Radius = 1050;

    public static (byte R, byte G, byte B) Pixel(string view, string over, int x, int y) => view switch
    {
        "plate" => Over(Subject(x, y), Sky(x, y), Alpha(x, y)),
        "trimap" => Grey(Trimap(x, y) / 2.0),
        "alpha" => Grey(Alpha(x, y)),
        _ => Over(Subject(x, y), Backing(over, x, y), Alpha(x, y)),
    };

    /// <summary>0 background, 1 unknown, 2 foreground.</summary>
    public static int Trimap(int x, int y)
    {
        var distance = Distance(x, y);
        return distance < Radius - 120 ? 2 : distance > Radius + 420 ? 0 : 1;
    }

    private static double Distance(int x, int y) => Math.Sqrt(((x - CentreX) * (x - CentreX)) + ((y - CentreY) * (y - CentreY)));

    private static double Alpha(int x, int y)
    {
        var distance = Distance(x, y);
        if (distance < Radius - 60) return 1;
        if (distance > Radius + 340) return 0;
        var angle = Math.Atan2(y - CentreY, x - CentreX);
        var strand = Math.Pow(0.5 + (0.5 * Math.Sin((angle * 170) + (3 * Math.Sin((distance / 90) + (angle * 9))))), 2);
        var length = 150 + (140 * Math.Sin(angle * 7)) + (50 * Math.Sin(angle * 23));
        var body = Math.Clamp((Radius - distance) / 30, 0, 1);
        return Math.Max(body, strand * Math.Clamp((Radius + length - distance) / 220, 0, 1));
    }

    private static (double R, double G, double B) Subject(int x, int y)
    {
        var light = 0.55 + (0.35 * ((CentreX - x) + (CentreY - y)) / (2 * Radius));
        var grain = 0.03 * Math.Sin(x * 0.31) * Math.Sin(y * 0.27);
        return (Math.Clamp((0.78 * light) + grain, 0, 1), Math.Clamp((0.56 * light) + grain, 0, 1), Math.Clamp((0.36 * light) + grain, 0, 1));
    }

    private static (double R, double G, double B) Sky(int x, int y)
    {
        var down = (double)y / Height;
        var hill = 0.78 + (0.05 * Math.Sin(x / 700.0)) + (0.02 * Math.Sin(x / 190.0));
        return down > hill ? (0.16, 0.22, 0.17) : (0.35 + (0.5 * down), 0.48 + (0.18 * down), 0.66 - (0.12 * down));
    }

    private static (double R, double G, double B) Backing(string over, int x, int y)
    {
        if (over.Length != 6) return (((x / 64) + (y / 64)) & 1) == 0 ? (0.62, 0.62, 0.62) : (0.45, 0.45, 0.45);
        var colour = Convert.FromHexString(over);
        return (colour[0] / 255.0, colour[1] / 255.0, colour[2] / 255.0);
    }

    private static (byte R, byte G, byte B) Over((double R, double G, double B) front, (double R, double G, double B) back, double alpha) =>
        (Byte((front.R * alpha) + (back.R * (1 - alpha))), Byte((front.G * alpha) + (back.G * (1 - alpha))), Byte((front.B * alpha) + (back.B * (1 - alpha))));

    private static (byte R, byte G, byte B) Grey(double value) => (Byte(value), Byte(value), Byte(value));

    private static byte Byte(double value) => (byte)Math.Round(255 * Math.Clamp(value, 0, 1));
}
