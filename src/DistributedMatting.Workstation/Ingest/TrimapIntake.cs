using System.Collections.Concurrent;
using DistributedMatting.Core.Patches;
using DistributedMatting.Core.Plates;
using DistributedMatting.Workstation.Timing;

namespace DistributedMatting.Workstation.Ingest;

/// <summary>Takes in the trimap on a thread of its own and hands its rows to the thread that takes in the plate.</summary>
internal sealed class TrimapIntake : IDisposable
{
    // Chunks that the trimap may be ahead of the plate.
    private const int Ahead = 3;

    private readonly ITrimapReader _reader;
    private readonly ScratchRaster _raster;
    private readonly PatchCensus _census;
    private readonly ThreadTime _time;
    private readonly ContentHash _hash;
    private readonly int _chunkRows;
    private readonly BlockingCollection<byte[]> _free = [];
    private readonly BlockingCollection<byte[]> _full = [];
    private readonly CancellationTokenSource _stop;
    private readonly Task _task;

    public TrimapIntake(
        ITrimapReader reader, ScratchRaster raster, PatchCensus census, int chunkRows, ThreadTime time, CancellationToken cancellation)
    {
        (_reader, _raster, _census, _chunkRows, _time) = (reader, raster, census, chunkRows, time);
        _hash = new ContentHash("trimap", reader.Size, 1);
        for (var i = 0; i < Ahead; i++) _free.Add(new byte[chunkRows * reader.Size.Width], cancellation);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _task = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Waits for the next rows; they belong to the caller until <see cref="GiveBack"/>.</summary>
    public byte[] Take()
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

    public void GiveBack(byte[] rows) => _free.Add(rows);

    /// <summary>Waits for the end and gives the hash of the whole trimap.</summary>
    public string Finish()
    {
        _task.GetAwaiter().GetResult();
        return _hash.Finish();
    }

    public void Dispose()
    {
        _stop.Cancel();
        ((IAsyncResult)_task).AsyncWaitHandle.WaitOne(); // whatever its end: the reader must be at rest before it is disposed
        _stop.Dispose();
        _hash.Dispose();
        _free.Dispose();
        _full.Dispose();
    }

    private void Run()
    {
        try
        {
            var size = _reader.Size;
            for (var y = 0; y < size.Height; y += _chunkRows)
            {
                var buffer = _free.Take(_stop.Token);
                var rows = buffer.AsSpan(0, Math.Min(_chunkRows, size.Height - y) * size.Width);
                using (_time.Of(Work.FileDecode)) _reader.ReadRows(rows);
                _raster.Append(rows);
                _hash.Add(rows);
                _census.Add(rows);
                _full.Add(buffer, _stop.Token);
            }
        }
        finally
        {
            _full.CompleteAdding();
        }
    }
}
