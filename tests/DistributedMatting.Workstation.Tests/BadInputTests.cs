using DistributedMatting.Core;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Plates;
using DistributedMatting.Workstation.Testing;

namespace DistributedMatting.Workstation.Tests;

public sealed class BadInputTests : IDisposable
{
    private readonly JobHarness _jobs = new();

    public void Dispose() => _jobs.Dispose();

    [Fact]
    public async Task NoUnknownPixel_AlphaIsTrimap_NetworkNeverCalled()
    {
        _jobs.Plate = new(100, 90) { Trimap = (x, y) => x > y ? Region.Foreground : Region.Background };
        var report = await _jobs.Run();
        Assert.Equal((0, 0), (_jobs.Network.Encodes, _jobs.Network.Mattes));
        Assert.Equal(report.PatchesTotal, report.PatchesKnown);
        Assert.Null(report.SeamRatio);
        Assert.Contains("no unknown pixel", Assert.Single(report.Warnings), StringComparison.Ordinal);
        Assert.Equal(1f, _jobs.Alpha![50, 10]);
        Assert.Equal(0f, _jobs.Alpha![10, 50]);
    }

    [Fact]
    public async Task NoKnownPixel_IsAllowedWithAWarning()
    {
        _jobs.Plate = new(100, 90) { Trimap = (_, _) => Region.Unknown };
        var report = await _jobs.Run();
        Assert.Contains("no known pixel", Assert.Single(report.Warnings), StringComparison.Ordinal);
        Assert.Equal(report.PatchesTotal, report.PatchesInferred);
    }

    [Fact]
    public async Task SizesDiffer_OneLine_NothingLeft()
    {
        var job = Job(trimap: new FakePlate(203, 151).OpenTrimap);
        var error = await Assert.ThrowsAsync<InvalidInputException>(() => _jobs.Run(job: job));
        Assert.Contains("203×150", error.Message, StringComparison.Ordinal);
        Assert.Contains("203×151", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_jobs.Folder));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task InputEndsEarly_OneLine_NothingLeft(bool plateIsBad)
    {
        var bad = new InvalidInputException("x.png ends early.");
        var job = plateIsBad
            ? Job(plate: () => new Ending(_jobs.Plate.Size, bad))
            : Job(trimap: () => new Ending(_jobs.Plate.Size, bad));
        Assert.Same(bad, await Assert.ThrowsAsync<InvalidInputException>(() => _jobs.Run(job: job)));
        Assert.False(Directory.Exists(_jobs.Folder));
        Assert.Null(_jobs.Alpha);
    }

    [Fact]
    public async Task NetworkFails_ThatIsTheNews_AndTheNextRunGoesOn()
    {
        var expected = await _jobs.Undisturbed();
        var calls = 0;
        var failing = new FakeNetwork
        {
            Before = call =>
            {
                if (call == "matte" && Interlocked.Increment(ref calls) == 9) throw new InvalidOperationException("broken");
            },
        };
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => _jobs.Run(job: _jobs.Job(network: failing)));
        Assert.Equal("broken", error.Message);
        Assert.True(_jobs.Alpha is { IsComplete: false, IsDisposed: true });

        Assert.True((await _jobs.Run()).PatchesReused >= 7);
        Assert.Equal(expected, _jobs.Alpha!.Hash);
    }

    [Fact]
    public async Task AlphaDiskFull_OneLine_AndTheNextRunGoesOn()
    {
        var full = new FullDisk(_jobs.Plate.Size);
        var error = await Assert.ThrowsAsync<InvalidInputException>(() => _jobs.Run(job: Job(alpha: _ => full)));
        Assert.Contains("disk is full", error.Message, StringComparison.Ordinal);
        Assert.True(full.IsDisposed);
        await _jobs.Run();
        Assert.True(_jobs.Alpha!.IsComplete);
    }

    [Fact]
    public async Task AlphaNotWritable_FailsBeforeAnyNetworkCall()
    {
        var job = Job(alpha: _ => throw new UnauthorizedAccessException());
        await Assert.ThrowsAsync<InvalidInputException>(() => _jobs.Run(job: job));
        Assert.Equal(0, _jobs.Network.Encodes);
        Assert.False(Directory.Exists(_jobs.Folder));
    }

    [Fact]
    public async Task JobInUse_NamesTheProcess()
    {
        MattingRequest request = _jobs.Request;
        InvalidInputException? error = null;
        var job = _jobs.Job(new Hear(p =>
        {
            if (p.Stage != MattingStage.Rank || p.Done > 0) return;
            error = Assert.Throws<InvalidInputException>(() => _jobs.Job().RunAsync(request, CancellationToken.None).GetAwaiter().GetResult());
        }));
        await _jobs.Run(request, job);
        Assert.NotNull(error);
        Assert.Contains($"in use by process {Environment.ProcessId}", error.Message, StringComparison.Ordinal);
        await _jobs.Run(request);
    }

    [Fact]
    public async Task FolderOfSomethingElse_IsLeftAlone()
    {
        Directory.CreateDirectory(_jobs.Folder);
        var theirs = Path.Combine(_jobs.Folder, "holiday.jpg");
        await File.WriteAllTextAsync(theirs, "x", TestContext.Current.CancellationToken);
        var error = await Assert.ThrowsAsync<InvalidInputException>(() => _jobs.Run());
        Assert.Contains("no job's folder", error.Message, StringComparison.Ordinal);
        Assert.Equal([theirs], Directory.GetFiles(_jobs.Folder));
    }

    [Fact]
    public async Task FolderIsAFile_OneLine()
    {
        await File.WriteAllTextAsync(_jobs.Folder, "x", TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<InvalidInputException>(() => _jobs.Run());
    }

    public static TheoryData<MattingSettings, WorkstationLimits, string> Absurd => new()
    {
        { new() { Margin = -1 }, new(), "margin" },
        { new() { Margin = 17 }, new(), "margin" },
        { new() { Margin = 8, Contexts = -1 }, new(), "contexts" },
        { new() { Margin = 8, Contexts = int.MaxValue }, new(), "contexts" },
        { new() { Margin = 8, Candidates = -1 }, new(), "candidates" },
        { new() { Margin = 8 }, new() { Threads = 0 }, "threads" },
        { new() { Margin = 8 }, new() { Threads = 100_000 }, "threads" },
        { new() { Margin = 8 }, new() { MemoryBytes = 1 }, "memory" },
        { new() { Margin = 8 }, new() { ScratchBytes = -1 }, "scratch" },
    };

    [Theory]
    [MemberData(nameof(Absurd), DisableDiscoveryEnumeration = true)]
    public async Task AbsurdSettings_AreNamed(MattingSettings settings, WorkstationLimits limits, string name)
    {
        var error = await Assert.ThrowsAsync<InvalidInputException>(
            () => _jobs.Run(_jobs.Request with { Settings = settings, Limits = limits }));
        Assert.StartsWith(name, error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_jobs.Folder));
    }

    private PlateJob Job(Func<IPlateReader>? plate = null, Func<ITrimapReader>? trimap = null, Func<PixelSize, IAlphaWriter>? alpha = null)
    {
        var usual = _jobs.Job();
        return new PlateJob
        {
            Network = usual.Network,
            Plate = plate ?? usual.Plate,
            Trimap = trimap ?? usual.Trimap,
            Alpha = alpha ?? usual.Alpha,
        };
    }

    private sealed class FullDisk(PixelSize size) : IAlphaWriter
    {
        private const int NoSpace = 28;

        public PixelSize Size => size;

        public bool IsDisposed { get; private set; }

        public void WriteRows(ReadOnlySpan<float> alpha) => throw new IOException("No space left", NoSpace);

        public void Complete() => Assert.Fail("An alpha that was never written was completed.");

        public void Dispose() => IsDisposed = true;
    }

    /// <summary>A file that is no longer than its first rows.</summary>
    private sealed class Ending(PixelSize size, Exception end) : IPlateReader, ITrimapReader
    {
        public PixelSize Size => size;

        public int BitDepth => 8;

        public void ReadRows(Span<ushort> rgb) => throw end;

        public void ReadRows(Span<byte> regions) => throw end;

        public void Dispose()
        {
        }
    }
}
