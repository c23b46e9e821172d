namespace DistributedMatting.Core.Priors;

/// <summary>
/// Numbered pieces of work on some threads. Which thread takes which piece is never visible in a result:
/// pieces are cut by the data alone and write to places of their own.
/// </summary>
internal static class Work
{
    /// <summary>Runs pieces 0 … count − 1.</summary>
    public static void For(int count, int threads, Action<int> piece, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        if (threads > 1 && count > 1)
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel }, piece);
            return;
        }

        for (var i = 0; i < count; i++) piece(i);
    }

    /// <summary>Pieces that <paramref name="length"/> items make, so many a piece.</summary>
    public static int Pieces(int length, int each) => (length + each - 1) / each;
}
