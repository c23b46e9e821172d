using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Plates;

namespace DistributedMatting.Workstation.Tests;

public sealed class ResumeTests : IDisposable
{
    private readonly JobHarness _jobs = new();

    public void Dispose() => _jobs.Dispose();

    private MattingRequest Identified => _jobs.Request with { PlateIdentity = "p", TrimapIdentity = "t" };

    [Fact]
    public async Task Finished_AlphaInPlace_FolderStillThere()
    {
        var heard = 0;
        var job = new PlateJob
        {
            Network = _jobs.Network,
            Plate = () => _jobs.Plate.OpenPlate(),
            Trimap = () => _jobs.Plate.OpenTrimap(),
            Alpha = size => _jobs.Open(size),
            Finished = report =>
            {
                heard++;
                Assert.True(_jobs.Alpha!.IsComplete);
                Assert.True(PlateJob.HasFinished(_jobs.Folder));
                Assert.True(report.PatchesInferred > 0);
            },
        };
        await _jobs.Run(_jobs.Request with { KeepJobFolder = false }, job);

        Assert.Equal(1, heard);
        Assert.False(PlateJob.HasFinished(_jobs.Folder));
    }

    [Fact]
    public async Task CancelledAfterEveryPatchCount_ResumesToTheSameBytes()
    {
        var expected = await _jobs.Undisturbed();
        var total = (await _jobs.Run()).PatchesInferred;
        Assert.True(total > 20);
        for (var stopAt = 0; stopAt <= total; stopAt++)
        {
            var folder = Path.Combine(_jobs.Root, $"stop {stopAt}");
            await StopAt(MattingStage.Matte, stopAt, Identified with { JobFolder = folder });
            var report = await _jobs.Run(Identified with { JobFolder = folder });
            Assert.Equal(expected, _jobs.Alpha!.Hash);
            Assert.True(report.PatchesReused >= stopAt, $"{report.PatchesReused} of {stopAt} patches were reused.");
            Assert.Equal(total, report.PatchesReused + report.PatchesInferred);
            Assert.True(report.EncodesReused == total || report.PatchesInferred == 0, "Encoded patches were lost.");
        }
    }

    [Theory]
    [InlineData(MattingStage.Ingest, 1)]
    [InlineData(MattingStage.Encode, 0)]
    [InlineData(MattingStage.Encode, 7)]
    [InlineData(MattingStage.Rank, 0)]
    [InlineData(MattingStage.Stitch, 40)]
    public async Task CancelledInAnyStage_ResumesToTheSameBytes(MattingStage stage, int done)
    {
        var expected = await _jobs.Undisturbed();
        await StopAt(stage, done, Identified);
        var report = await _jobs.Run(Identified);
        Assert.Equal(expected, _jobs.Alpha!.Hash);
        if (stage == MattingStage.Encode) Assert.True(report.EncodesReused >= done);
    }

    [Fact]
    public async Task SameJobAgain_OnlyStitches()
    {
        var first = await _jobs.Run();
        var (hash, encodes, mattes) = (_jobs.Alpha!.Hash, _jobs.Network.Encodes, _jobs.Network.Mattes);
        var second = await _jobs.Run();
        Assert.Equal(hash, _jobs.Alpha!.Hash);
        Assert.Equal((encodes, mattes), (_jobs.Network.Encodes, _jobs.Network.Mattes));
        Assert.Equal((first.PatchesInferred, 0), (second.PatchesReused, second.PatchesInferred));
        Assert.Equal(first.JobKey, second.JobKey);
        Assert.Equal(
            ["lock", "lock.owner", "patches.journal", "patches.slots", "request.json", "state.json"],
            Directory.GetFiles(_jobs.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task KnownFiles_AreNotDecodedAgain()
    {
        await StopAt(MattingStage.Matte, 3, Identified);
        var job = new PlateJob
        {
            Network = _jobs.Network,
            Plate = () => throw new InvalidOperationException("The plate was opened again."),
            Trimap = () => throw new InvalidOperationException("The trimap was opened again."),
            Alpha = size => new Testing.MemoryAlpha(size),
        };
        Assert.True((await _jobs.Run(Identified, job)).PatchesReused >= 3);

        await StopAt(MattingStage.Matte, 3, Identified with { Fresh = true });
        await Assert.ThrowsAsync<InvalidOperationException>(() => _jobs.Run(Identified with { TrimapIdentity = "other" }, job));
    }

    [Fact]
    public async Task Fresh_ReusesNothing()
    {
        await _jobs.Run();
        var report = await _jobs.Run(_jobs.Request with { Fresh = true });
        Assert.Equal(0, report.PatchesReused);
        Assert.True(report.PatchesInferred > 0);
    }

    [Theory]
    [InlineData("margin")]
    [InlineData("contexts")]
    [InlineData("candidates")]
    [InlineData("model")]
    [InlineData("device")]
    [InlineData("plate")]
    [InlineData("trimap")]
    public async Task AnythingElseChanged_ReusesNothingAndSaysSo(string what)
    {
        await StopAt(MattingStage.Matte, 10, _jobs.Request);
        var request = _jobs.Request;
        var settings = request.Settings;
        switch (what)
        {
            case "margin": request = request with { Settings = settings with { Margin = 6 } }; break;
            case "contexts": request = request with { Settings = settings with { Contexts = 2 } }; break;
            case "candidates": request = request with { Settings = settings with { Candidates = 5 } }; break;
            case "model": request = request with { ModelSha256 = new string('9', 64) }; break;
            case "device": request = request with { Device = "cuda" }; break;
            case "plate": _jobs.Plate = new(203, 150, seed: 2); break;
            default: // one pixel of the trimap
                var old = _jobs.Plate;
                _jobs.Plate = new(203, 150) { Trimap = (x, y) => (x, y) == (0, 0) ? Region.Foreground : old[x, y] };
                break;
        }

        var report = await _jobs.Run(request);
        var hash = _jobs.Alpha!.Hash;
        Assert.Equal((0, 0), (report.PatchesReused, report.EncodesReused));
        Assert.Contains(report.Warnings, line => line.Contains("replaced", StringComparison.Ordinal));

        await _jobs.Run(request with { JobFolder = Path.Combine(_jobs.Root, "elsewhere") });
        Assert.Equal(_jobs.Alpha!.Hash, hash);
    }

    [Fact]
    public async Task Success_LeavesNoFolder_UnlessAsked()
    {
        await _jobs.Run(_jobs.Request with { KeepJobFolder = false });
        Assert.False(Directory.Exists(_jobs.Folder));
    }

    private async Task StopAt(MattingStage stage, int done, MattingRequest request)
    {
        using var stop = new CancellationTokenSource();
        var job = _jobs.Job(new Hear(p =>
        {
            if (p.Stage == stage && p.Done >= done) stop.Cancel();
        }));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => job.RunAsync(request, stop.Token));
        Assert.True(_jobs.Alpha is not { IsDisposed: false }, "The alpha file was left open.");
    }
}
