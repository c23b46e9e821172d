namespace DistributedMatting.Workstation.Tests;

/// <summary>What a power loss or a bad disk may leave of a job folder.</summary>
public sealed class DamageTests : IDisposable
{
    private readonly JobHarness _jobs = new();

    public void Dispose() => _jobs.Dispose();

    private string Slots => Path.Combine(_jobs.Folder, "patches.slots");

    private string Journal => Path.Combine(_jobs.Folder, "patches.journal");

    [Fact]
    public async Task ByteFlippedInAPatch_IsFoundAndComputedAgain()
    {
        var total = (await _jobs.Run()).PatchesInferred;
        var hash = _jobs.Alpha!.Hash;
        Flip(Slots, 5 * 32 * 32 * sizeof(ushort) + 100);

        var report = await _jobs.Run();
        Assert.Equal((1, total - 1), (report.PatchesInferred, report.PatchesReused));
        Assert.Contains(report.Warnings, line => line.Contains("1 finished patches were damaged", StringComparison.Ordinal));
        Assert.Equal(hash, _jobs.Alpha!.Hash);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(100)]
    public async Task JournalCutShort_KeepsWhatIsWhole(int bytes)
    {
        await _jobs.Run();
        var hash = _jobs.Alpha!.Hash;
        using (var file = File.OpenWrite(Journal)) file.SetLength(bytes);

        var report = await _jobs.Run();
        Assert.Equal(Math.Max(0, (bytes - 56) / 12), report.PatchesReused);
        Assert.Equal(hash, _jobs.Alpha!.Hash);
        Assert.Equal(0, (await _jobs.Run()).PatchesInferred); // the torn record was written over, not appended to
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2048)]
    [InlineData(5000)]
    public async Task SlotsCutShort_AreComputedAgain(int bytes)
    {
        await _jobs.Run();
        var hash = _jobs.Alpha!.Hash;
        using (var file = File.OpenWrite(Slots)) file.SetLength(bytes);

        Assert.Equal(bytes / 2048, (await _jobs.Run()).PatchesReused);
        Assert.Equal(hash, _jobs.Alpha!.Hash);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(20)]
    [InlineData(50)]
    [InlineData(60)]
    public async Task JournalByteFlipped_NeverGivesAnotherAlpha(int offset)
    {
        var total = (await _jobs.Run()).PatchesInferred;
        var hash = _jobs.Alpha!.Hash;
        Flip(Journal, offset);

        var report = await _jobs.Run();
        Assert.Equal(offset < 56 ? 0 : total - 1, report.PatchesReused);
        Assert.Equal(hash, _jobs.Alpha!.Hash);
    }

    [Theory]
    [InlineData("request.json")]
    [InlineData("state.json")]
    [InlineData("lock.owner")]
    public async Task DocumentsDamaged_NeverGiveAnotherAlpha(string name)
    {
        await _jobs.Run();
        var hash = _jobs.Alpha!.Hash;
        await File.WriteAllTextAsync(Path.Combine(_jobs.Folder, name), "{\"key\": 3", TestContext.Current.CancellationToken);
        await _jobs.Run();
        Assert.Equal(hash, _jobs.Alpha!.Hash);
    }

    private static void Flip(string path, int offset)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[offset] ^= 0x10;
        File.WriteAllBytes(path, bytes);
    }
}
