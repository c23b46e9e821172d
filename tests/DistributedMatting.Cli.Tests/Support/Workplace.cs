using DistributedMatting.Core.Plates;
using DistributedMatting.Imaging;

namespace DistributedMatting.Cli.Tests;

/// <summary>A folder of its own for one test, with a small plate and its trimap.</summary>
public sealed class Workplace : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("matting-cli-tests-");

    /// <summary>The committed network that is a formula: small, and always there.</summary>
    public static string Model { get; } = Path.Combine(AppContext.BaseDirectory, "StandIn");

    public static PixelSize Size { get; } = new(300, 260);

    public string Folder => _folder.FullName;

    public string Plate => At("plate.png");

    public string Trimap => At("trimap.png");

    public string Alpha => At("alpha.tif");

    public Workplace()
    {
        WritePlate(Plate, Size);
        WriteTrimap(Trimap, Size, Disc);
    }

    public string At(string name) => Path.Combine(Folder, name);

    /// <summary>run with the stand-in, and whatever else.</summary>
    public string[] Run(params string[] more) => ["run", Plate, Trimap, "-o", Alpha, "--model", Model, .. more];

    /// <summary>Files and folders that are here, without the plate and the trimap.</summary>
    public IEnumerable<string> Left() =>
        Directory.EnumerateFileSystemEntries(Folder).Select(path => Path.GetFileName(path)!).Where(name => name is not ("plate.png" or "trimap.png"));

    public static void WritePlate(string path, PixelSize size, int bits = 16)
    {
        using var file = RgbFile.Create(path, size, bits);
        var row = new ushort[3 * size.Width];
        for (var y = 0; y < size.Height; y++)
        {
            for (var x = 0; x < size.Width; x++)
            {
                row[3 * x] = (ushort)(65535 * x / size.Width);
                row[3 * x + 1] = (ushort)(65535 * y / size.Height);
                row[3 * x + 2] = (ushort)(x * 7919 + y * 104729);
            }

            file.WriteRows(row.AsSpan());
        }

        file.Complete();
    }

    /// <param name="path">Where to.</param>
    /// <param name="size">Of the trimap.</param>
    /// <param name="value">Of a pixel, 0 to 1.</param>
    public static void WriteTrimap(string path, PixelSize size, Func<int, int, float> value)
    {
        using var file = AlphaFile.Create(path, size, new AlphaFormat(BitDepth: 8), force: true);
        var row = new float[size.Width];
        for (var y = 0; y < size.Height; y++)
        {
            for (var x = 0; x < row.Length; x++) row[x] = value(x, y);
            file.WriteRows(row);
        }

        file.Complete();
    }

    /// <summary>Leaves beside an alpha what a run does that is killed when its alpha has come to its place.</summary>
    public static void LeaveFinished(string alpha)
    {
        var job = Directory.CreateDirectory(alpha + ".job").FullName;
        File.WriteAllText(Path.Combine(job, "lock"), "");
        File.WriteAllText(Path.Combine(job, "state.json"), """{"stage": "stitch", "finished": true, "patches_done": 1, "patches_to_infer": 1, "process": 1, "updated_utc": "2026-01-01T00:00:00Z"}""");
    }

    /// <summary>Foreground within 60 pixels of the middle, unknown within 100.</summary>
    public static float Disc(int x, int y)
    {
        var radius = Math.Sqrt(Math.Pow(x - Size.Width / 2, 2) + Math.Pow(y - Size.Height / 2, 2));
        return radius < 60 ? 1f : radius < 100 ? 0.5f : 0f;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
