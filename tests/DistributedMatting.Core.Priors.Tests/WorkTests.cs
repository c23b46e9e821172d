namespace DistributedMatting.Core.Priors.Tests;

public class WorkTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void EveryPiece_RunsOnce_WhateverTheThreads(int threads)
    {
        for (var count = 0; count < 200; count++)
        {
            var runs = new int[count];
            Work.For(count, threads, i => Interlocked.Increment(ref runs[i]), TestContext.Current.CancellationToken);
            Assert.All(runs, times => Assert.Equal(1, times));
        }
    }

    [Fact]
    public void LoopsOfManyCallersAtOnce_AllEnd() => Parallel.For(0, 64, caller =>
    {
        var sum = 0L;
        for (var loop = 0; loop < 50; loop++) Work.For(20, 4, i => Interlocked.Add(ref sum, caller * i));
        Assert.Equal(50L * 190 * caller, sum);
    });

    [Fact]
    public void ALoopWithinALoop_Ends()
    {
        var pieces = 0;
        Work.For(8, 4, _ => Work.For(8, 4, _ => Interlocked.Increment(ref pieces)), TestContext.Current.CancellationToken);
        Assert.Equal(64, pieces);
    }

    [Fact]
    public void WhatAPieceThrows_ComesOutAsItIs_AndTheNextLoopWorks()
    {
        var failure = Assert.Throws<InvalidDataException>(
            () => Work.For(50, 4, i => throw new InvalidDataException($"piece {i}"), TestContext.Current.CancellationToken));
        Assert.StartsWith("piece ", failure.Message, StringComparison.Ordinal);

        var pieces = 0;
        Work.For(50, 4, _ => Interlocked.Increment(ref pieces), TestContext.Current.CancellationToken);
        Assert.Equal(50, pieces);
    }

    [Fact]
    public void Cancelled_ItStopsBetweenPieces()
    {
        using var cancel = new CancellationTokenSource();
        var pieces = 0;
        Assert.ThrowsAny<OperationCanceledException>(() => Work.For(1000, 2, _ =>
        {
            // The other thread's piece lasts until it can have heard of the end, which is told after the third.
            var number = Interlocked.Increment(ref pieces);
            if (number == 3) cancel.Cancel();
            else if (number > 3) cancel.Token.WaitHandle.WaitOne();
        }, cancel.Token));
        Assert.InRange(pieces, 3, 4);
    }
}
