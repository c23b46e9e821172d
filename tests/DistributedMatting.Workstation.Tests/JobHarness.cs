using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Networks;
using DistributedMatting.Core.Plates;
using DistributedMatting.Workstation.Testing;

namespace DistributedMatting.Workstation.Tests;

/// <summary>Runs jobs in a folder of its own, with made-up plates and a network of arithmetic.</summary>
internal sealed class JobHarness : IDisposable
{
    public const string Model = "abababababababababababababababababababababababababababababababab";

    public JobHarness() => Directory.CreateDirectory(Root);

    public string Root { get; } = Path.Combine(Path.GetTempPath(), $"matting-{Guid.NewGuid():N}");

    public string Folder => Path.Combine(Root, "alpha.tif.job");

    /// <summary>203×150 pixels: 9 × 6 patches of 32 that overlap by 8, the last ones past the edge.</summary>
    public FakePlate Plate { get; set; } = new(203, 150);

    public FakeNetwork Network { get; set; } = new();

    public MemoryAlpha? Alpha { get; private set; }

    public MattingRequest Request => new()
    {
        JobFolder = Folder,
        ModelSha256 = Model,
        Settings = new MattingSettings { Margin = 8 },
        Limits = new WorkstationLimits { Threads = 2 },
        KeepJobFolder = true,
    };

    public PlateJob Job(IProgress<StageProgress>? progress = null, Func<bool>? hasRoom = null, IMattingNetwork? network = null) => new()
    {
        Network = network ?? Network,
        Plate = () => Plate.OpenPlate(),
        Trimap = () => Plate.OpenTrimap(),
        Alpha = Open,
        Progress = progress,
        HasRoom = hasRoom,
    };

    public MemoryAlpha Open(PixelSize size) => Alpha = new MemoryAlpha(size);

    public async Task<MattingReport> Run(MattingRequest? request = null, PlateJob? job = null) =>
        await (job ?? Job()).RunAsync(request ?? Request, TestContext.Current.CancellationToken);

    /// <summary>The alpha's hash when nothing ever went wrong: one thread, a folder of its own.</summary>
    public async Task<string> Undisturbed(MattingSettings? settings = null)
    {
        var request = Request;
        await Run(request with
        {
            JobFolder = Path.Combine(Root, "undisturbed"),
            KeepJobFolder = false,
            Settings = settings ?? request.Settings,
            Limits = new WorkstationLimits { Threads = 1 },
        });
        return Alpha!.Hash;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}

/// <summary>Progress that is heard at once, on the reporting thread.</summary>
internal sealed class Hear(Action<StageProgress> heard) : IProgress<StageProgress>
{
    public void Report(StageProgress value) => heard(value);
}
