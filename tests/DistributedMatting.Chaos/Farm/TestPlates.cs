using DistributedMatting.Core.Context;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Core.Jobs.Service.Workers;
using DistributedMatting.Core.Plates;
using DistributedMatting.Imaging;
using DistributedMatting.Silo.Plates;
using DistributedMatting.Workstation;
using DistributedMatting.Workstation.Files;
using DistributedMatting.Workstation.Testing;

namespace DistributedMatting.Chaos.Farm;

/// <summary>Plates of coloured noise with a soft disc of unknown pixels and a small sharp one, as files; and how a workstation mattes them.</summary>
public static class TestPlates
{
    /// <summary>A network of arithmetic, as slow as it is told to be.</summary>
    public static FarmModel Fake(TimeSpan perPatch, int side = 32)
    {
        var made = new FakeNetwork(withPriors: true, side);
        return new FarmModel
        {
            Name = "arithmetic",
            Sha256 = string.Concat(Enumerable.Repeat("ab", 32)),
            Shape = made.Shape,
            DeviceKind = "cpu",
            Settings = new MattingSettings { Margin = side / 4, ContextUse = ContextUse.OneSidedQueries },
            Hardware = () => new WorkerDevice("arithmetic", "cpu", 1L << 30),
            Load = () => new FakeNetwork(withPriors: true, side)
            {
                Before = _ =>
                {
                    if (perPatch > TimeSpan.Zero) Thread.Sleep(perPatch);
                },
            },
        };
    }

    /// <summary>Writes a plate and its trimap; gives the submission for them.</summary>
    public static JobSubmission Write(string folder, string name, int width, int height, int seed)
    {
        Directory.CreateDirectory(folder);
        var size = new PixelSize(width, height);
        var submission = new JobSubmission
        {
            Plate = Path.Combine(folder, $"{name}.plate.png"),
            Trimap = Path.Combine(folder, $"{name}.trimap.png"),
            Alpha = Path.Combine(folder, $"{name}.alpha.tif"),
            Name = name,
        };
        var random = new Random(seed);
        var rgb = new ushort[3 * size.Pixels];
        foreach (ref var sample in rgb.AsSpan()) sample = (ushort)(257 * random.Next(256));
        using (var plate = RgbFile.Create(submission.Plate, size))
        {
            plate.WriteRows(rgb);
            plate.Complete();
        }
        var trimap = new float[size.Pixels];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                var distance = Math.Sqrt(Math.Pow((x - 0.5 * width) / width, 2) + Math.Pow((y - 0.5 * height) / height, 2));
                // The small disc's edge is so thin that some patches see both of its sides.
                var small = Math.Sqrt(Math.Pow(x - 0.1 * width, 2) + Math.Pow(y - 0.1 * height, 2));
                trimap[y * width + x] = distance < 0.15 || small < 10 ? 1 : distance < 0.45 || small < 14 ? 128 / 255f : 0;
            }
        using var file = AlphaFile.Create(submission.Trimap!, size, new AlphaFormat(8));
        file.WriteRows(trimap);
        file.Complete();
        return submission;
    }

    /// <summary>The bytes that a workstation writes for a submission, undisturbed, on one thread.</summary>
    public static async Task<byte[]> MatteAsync(FarmModel model, JobSubmission submission, CancellationToken cancellation, IPlateObserver? observer = null)
    {
        var alpha = submission.Alpha + ".workstation.tif";
        using var network = model.Load();
        await new PlateMatting
        {
            Model = new MattingModel
            {
                Network = network,
                Name = model.Name,
                Sha256 = model.Sha256,
                Device = model.DeviceKind,
                DeviceName = model.DeviceKind,
                DeviceKind = model.DeviceKind,
                Settings = model.Settings,
                Limits = new WorkstationLimits { Threads = 1 },
            },
            Files = PlateFiles.Check(submission.Plate, submission.Trimap, new ImageLimits()),
            Alpha = size => AlphaFile.Create(alpha, size, new AlphaFormat(submission.Depth), force: true),
            JobFolder = PlateJob.FolderOf(alpha),
            Observer = observer,
        }.RunAsync(cancellation);
        return await File.ReadAllBytesAsync(alpha, cancellation);
    }
}
