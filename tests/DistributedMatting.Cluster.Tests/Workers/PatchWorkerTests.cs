using DistributedMatting.Chaos.Farm;
using DistributedMatting.Cluster.Farm;
using DistributedMatting.Cluster.Scheduling;
using DistributedMatting.Cluster.Stages;
using DistributedMatting.Cluster.Workers;
using DistributedMatting.Core.Storage;
using DistributedMatting.Imaging;
using DistributedMatting.Silo.Plates;
using DistributedMatting.Workstation;
using DistributedMatting.Workstation.Stages;

namespace DistributedMatting.Cluster.Tests.Workers;

/// <summary>A worker and a folder, without a farm.</summary>
public sealed class PatchWorkerTests : IDisposable
{
    private const string Job = "0123456789abcdef";

    private readonly string _root = Directory.CreateTempSubdirectory("matting-worker-").FullName;
    private readonly FilePlates _plates = new(TestPlates.Fake(TimeSpan.Zero), new ImageLimits(), TimeProvider.System);
    private readonly FarmFolder _folder;
    private readonly PatchWorker _worker;

    public PatchWorkerTests()
    {
        _folder = new FarmFolder(new FarmOptions { Folder = Path.Combine(_root, "shared") }, new ObjectMemory(1 << 20));
        _worker = new PatchWorker("worker", _plates.Load(), _folder, new ActivationMemory(1 << 20), _ => { });
    }

    public void Dispose()
    {
        _worker.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public void PlateThatWasReplaced_IsOpenedAnew_AndNothingIsEnteredUnderTheOldKey()
    {
        var (before, patch) = Take(1);
        _worker.Make(Job, before.Key, StageNames.Encode, patch)();
        Directory.Delete(_folder.Plate(Job), recursive: true);
        var (after, next) = Take(2);
        Assert.NotEqual(before.Key, after.Key);

        _worker.Make(Job, after.Key, StageNames.Encode, next)();
        Assert.NotNull(_folder.Ledger.Find(new PatchIdentity(after.Key, StageNames.Encode, next)));
        Assert.Throws<IOException>(() => _worker.Make(Job, before.Key, StageNames.Encode, patch + 1));
        Assert.Equal([patch], _folder.Ledger.Committed(before.Key, StageNames.Encode));
    }

    [Fact]
    public void MissingRanking_IsSaidToBeMissing()
    {
        var (plate, patch) = Take(3);
        Assert.Throws<RankingMissingException>(() => _worker.Make(Job, plate.Key, StageNames.Matte, patch));
    }

    [Fact]
    public void ResultsThatCannotBeStored_FailTheirPatches_AndAreMadeAgain()
    {
        var (plate, patch) = Take(5);
        // A file where the folder of results should be.
        var objects = Path.Combine(_folder.Work(plate.Key), "objects");
        Directory.CreateDirectory(_folder.Work(plate.Key));
        File.WriteAllText(objects, "");
        var refused = Run(plate, [patch, patch + 1]);
        Assert.Empty(refused.Done);
        Assert.Equal([patch, patch + 1], refused.Failed.Select(failure => failure.Patch).Order());
        Assert.Empty(_folder.Ledger.Committed(plate.Key, StageNames.Encode));

        File.Delete(objects);
        Assert.Equal([patch, patch + 1], Run(plate, [patch, patch + 1]).Done);
        Assert.Equal([patch, patch + 1], _folder.Ledger.Committed(plate.Key, StageNames.Encode));
    }

    [Fact]
    public void LeaseThatIsStopped_HasStoredWhatItMade()
    {
        var (plate, patch) = Take(6);
        var asked = 0;
        Assert.Equal([patch], Run(plate, [patch, patch + 1], () => asked++ == 0).Done);
        Assert.Equal([patch], _folder.Ledger.Committed(plate.Key, StageNames.Encode));
    }

    [Theory]
    [InlineData("plate")]
    [InlineData("trimap")]
    [InlineData("kinds")]
    public void PlateWithoutItsPixels_IsNotThere(string file)
    {
        Take(4);
        Assert.NotNull(PlateRoom.Look(_folder.Plate(Job)));
        foreach (var path in Directory.GetFiles(_folder.Plate(Job), $"{file}*").Where(path => !path.EndsWith(".json", StringComparison.Ordinal))) File.Delete(path);
        Assert.Null(PlateRoom.Look(_folder.Plate(Job)));
    }

    [Fact]
    public void JobThatHasAnotherPlateNow_LeavesNothingOfTheOneBefore()
    {
        foreach (var (key, job) in new[] { ("old", Job), ("shared", Job), ("shared", "other"), ("new", Job) }) _folder.Use(key, job);
        _folder.KeepOnly("new", Job);
        Assert.Equal([false, true, true], new[] { "old", "shared", "new" }.Select(key => Directory.Exists(_folder.Work(key))));
        _folder.Leave(Job);
        Assert.False(Directory.Exists(_folder.Work("new")));
    }

    private Batch Run(PlateManifest plate, int[] patches, Func<bool>? goesOn = null)
    {
        var batch = new Batch();
        using var storing = new WorkerThread("results");
        Assert.True(new LeaseRun(_worker, storing, new LeaseMessage(1, Job, StageNames.Encode, patches, plate.Key), batch).Run(goesOn ?? (() => true)));
        return batch;
    }

    private (PlateManifest Plate, int Patch) Take(int seed)
    {
        var submission = TestPlates.Write(Path.Combine(_root, $"{seed}"), "plate", 203, 197, seed);
        var place = _folder.Plate(Job);
        Directory.CreateDirectory(_folder.Job(Job));
        var request = new MattingRequest { JobFolder = place, ModelSha256 = _plates.ModelSha256, Device = _plates.Device, Settings = _plates.Settings(submission) };
        var manifest = PlateRoom.Take(place, _plates.Open(submission, _ => { }), _plates.Shape, request, TestContext.Current.CancellationToken);
        using var room = PlateRoom.Open(place);
        return (manifest, room.Inferred.ToList().IndexOf(true));
    }
}
