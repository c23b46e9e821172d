using System.Globalization;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Workstation;
using DistributedMatting.Workstation.Testing;

// A workstation process that a test can kill: JOB-FOLDER THREADS. It prints a line for every step of progress,
// and the hash of the alpha at the end.
var plate = new FakePlate(400, 300);
using var network = new FakeNetwork();
MemoryAlpha? alpha = null;
var job = new PlateJob
{
    Network = network,
    Plate = plate.OpenPlate,
    Trimap = plate.OpenTrimap,
    Alpha = size => alpha = new MemoryAlpha(size),
    Progress = new Lines(),
};
var report = await job.RunAsync(
    new MattingRequest
    {
        JobFolder = args[0],
        ModelSha256 = new string('a', 64),
        Settings = new MattingSettings { Margin = 8 },
        Limits = new WorkstationLimits { Threads = int.Parse(args[1], CultureInfo.InvariantCulture) },
        KeepJobFolder = true,
        PlateIdentity = "plate",
        TrimapIdentity = "trimap",
    },
    CancellationToken.None);
Console.WriteLine($"done {alpha!.Hash} {report.PatchesReused} {report.PatchesInferred} {report.EncodesReused}");

internal sealed class Lines : IProgress<StageProgress>
{
    public void Report(StageProgress value) => Console.WriteLine($"{value.Stage} {value.Done}/{value.Total}");
}
