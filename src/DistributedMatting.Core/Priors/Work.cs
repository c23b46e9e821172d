namespace DistributedMatting.Core.Priors;

/// <summary>
/// Numbered pieces of work on some threads. Which thread takes which piece is never visible in a result:
/// pieces are cut by the data alone and write to places of their own.
/// </summary>
internal static class Work
{
    /// <summary>Runs pieces 0 … count − 1, on the caller's thread and on helpers that have nothing else to do.</summary>
    public static void For(int count, int threads, Action<int> piece, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        var helpers = Math.Min(threads, count) - 1;
        if (helpers < 1)
        {
            for (var i = 0; i < count; i++) piece(i);
            return;
        }

        var round = new WorkRound(count, piece, cancel);
        for (var i = 0; i < helpers && WorkHelper.TryBorrow() is { } helper; i++) helper.Begin(round);
        round.TakePieces();
        round.Join();
    }

    /// <summary>Pieces that <paramref name="length"/> items make, so many a piece.</summary>
    public static int Pieces(int length, int each) => (length + each - 1) / each;
}
