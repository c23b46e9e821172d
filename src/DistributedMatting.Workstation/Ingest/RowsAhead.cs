using System.Collections.Concurrent;
using DistributedMatting.Core.Plates;

namespace DistributedMatting.Workstation.Ingest;

/// <summary>Takes in an image's rows, top to bottom, on a thread of its own, some chunks ahead of who needs them.</summary>
/// <typeparam name="T">A sample.</typeparam>
internal sealed class RowsAhead<T> : IDisposable
{
    // Chunks that the image may be ahead.
    private const int Ahead = 3;

    private readonly int _rowSamples;
    private readonly int _height;
    private readonly int _chunkRows;
    private readonly Fill _fill;
    private readonly BlockingCollection<T[]> _free = [];
    private readonly BlockingCollection<T[]> _full = [];
    private readonly CancellationTokenSource _stop;
    private readonly Task _task;

    /// <summary>Reads the next rows.</summary>
    public delegate void Fill(Span<T> rows);

    /// <param name="size">Of the image.</param>
    /// <param name="pixelSamples">Samples of a pixel.</param>
    /// <param name="chunkRows">Rows at a time; what is left at the end is fewer.</param>
    /// <param name="fill">Called with whole rows.</param>
    /// <param name="cancellation">Stops between chunks.</param>
    public RowsAhead(PixelSize size, int pixelSamples, int chunkRows, Fill fill, CancellationToken cancellation)
    {
        (_rowSamples, _height, _chunkRows, _fill) = (pixelSamples * size.Width, size.Height, chunkRows, fill);
        for (var i = 0; i < Ahead; i++) _free.Add(new T[chunkRows * _rowSamples], cancellation);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _task = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Waits for the next rows; they belong to the caller until <see cref="GiveBack"/>.</summary>
    public T[] Take()
    {
        try
        {
            return _full.Take(_stop.Token);
        }
        catch (Exception error) when (error is InvalidOperationException or OperationCanceledException)
        {
            _task.GetAwaiter().GetResult(); // what stopped it, if it stopped by itself
            throw;
        }
    }

    public void GiveBack(T[] rows) => _free.Add(rows);

    /// <summary>Waits for its end after the last row.</summary>
    public void Finish() => _task.GetAwaiter().GetResult();

    public void Dispose()
    {
        _stop.Cancel();
        ((IAsyncResult)_task).AsyncWaitHandle.WaitOne(); // whatever its end: what it reads from must be at rest before it is disposed
        _stop.Dispose();
        _free.Dispose();
        _full.Dispose();
    }

    private void Run()
    {
        try
        {
            for (var y = 0; y < _height; y += _chunkRows)
            {
                var chunk = _free.Take(_stop.Token);
                _fill(chunk.AsSpan(0, Math.Min(_chunkRows, _height - y) * _rowSamples));
                _full.Add(chunk, _stop.Token);
            }
        }
        finally
        {
            _full.CompleteAdding();
        }
    }
}
