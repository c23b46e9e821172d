using DistributedMatting.Cluster.Jobs;
using DistributedMatting.Core.Patches;
using DistributedMatting.Core.Plates;
using DistributedMatting.Core.Stitching;

namespace DistributedMatting.Cluster.Tests;

public class BandsAtWorkTests
{
    private static readonly PatchGrid Grid = new(new PixelSize(64, 400), 32, 8);

    private readonly List<TaskCompletionSource<IReadOnlyList<int>>> _stitching = [];
    private readonly List<(int Bands, TaskCompletionSource<bool> Call)> _joining = [];
    private readonly BandsAtWork _bands;
    private readonly IReadOnlyList<PlateBand> _all = PlateBand.Of(Grid, 4);

    public BandsAtWorkTests() => _bands = new BandsAtWork(_all, Stitch, Join);

    [Fact]
    public async Task BandsAreJoinedFromTheTop_OneCallAtATime_AndTheLastAreLeft()
    {
        _bands.Begin(new HashSet<int>());
        Assert.Equal(_all.Count, _stitching.Count);

        await StitchedAsync(1);
        Assert.Empty(_joining); // the first is not there
        await StitchedAsync(0);
        Assert.Equal(2, Assert.Single(_joining).Bands);
        await StitchedAsync(2);
        Assert.Single(_joining); // it goes on
        Assert.False(_bands.Any.IsCompleted);
        _joining[0].Call.SetResult(true);
        Assert.True(_bands.Any.IsCompleted);
        await _bands.Join();
        Assert.Equal(3, _joining[1].Bands);
        for (var band = 3; band < _all.Count; band++) await StitchedAsync(band);
        Assert.False(_bands.AreDone); // three bands are still being joined
        _joining[1].Call.SetResult(true);
        await _bands.Join();
        Assert.True(_bands.AreDone);
        Assert.Equal(2, _joining.Count);
    }

    [Fact]
    public async Task PatchesThatAreGone_AreGiven_AndTheirBandIsStitchedAgain()
    {
        _bands.Begin(new HashSet<int>());
        _stitching[0].SetResult([3]);
        Assert.Equal([3], await _bands.Collect());
        await _bands.Join();
        Assert.Empty(_joining);
        _bands.Begin(new HashSet<int> { 3 });
        Assert.Equal(_all.Count, _stitching.Count);
        _bands.Begin(new HashSet<int>());
        Assert.Equal(_all.Count + 1, _stitching.Count);
    }

    [Fact]
    public async Task BandThatHasGone_EndsTheJoining()
    {
        _bands.Begin(new HashSet<int>());
        await StitchedAsync(0);
        _joining[0].Call.SetResult(false);
        for (var band = 1; band < _all.Count; band++) await StitchedAsync(band);
        Assert.Single(_joining); // each would begin the alpha anew, and come no further
        Assert.True(_bands.AreDone);
    }

    private async Task StitchedAsync(int band)
    {
        _stitching[band].SetResult([]);
        Assert.Empty(await _bands.Collect());
        await _bands.Join();
    }

    private Task<IReadOnlyList<int>> Stitch(int band)
    {
        var made = new TaskCompletionSource<IReadOnlyList<int>>();
        _stitching.Add(made);
        return made.Task;
    }

    private Task<bool> Join(int bands)
    {
        _joining.Add((bands, new TaskCompletionSource<bool>()));
        return _joining[^1].Call.Task;
    }
}
