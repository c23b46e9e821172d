namespace DistributedMatting.Web.Uploads;

/// <summary>
/// One writer an upload. Who comes later takes over: a client whose connection broke is back before the service has
/// noticed that it broke, and must not wait for that.
/// </summary>
internal sealed class UploadWriters
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Writer> _writers = [];

    /// <summary>Sends the present writer away and takes its place.</summary>
    public async Task<Writer> EnterAsync(string id, CancellationToken cancellation)
    {
        while (true)
        {
            Writer? present;
            lock (_gate)
            {
                if (!_writers.TryGetValue(id, out present)) return _writers[id] = new Writer(this, id, cancellation);
            }

            await present.SendAwayAsync().WaitAsync(cancellation);
        }
    }

    /// <summary>The right to write; given back when disposed.</summary>
    internal sealed class Writer : IDisposable
    {
        private readonly UploadWriters _all;
        private readonly string _id;
        private readonly CancellationTokenSource _stop;
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Writer(UploadWriters all, string id, CancellationToken request)
        {
            (_all, _id, _stop) = (all, id, CancellationTokenSource.CreateLinkedTokenSource(request));
            Token = _stop.Token;
        }

        /// <summary>Ends with the request, or when another writer comes.</summary>
        public CancellationToken Token { get; }

        public async Task SendAwayAsync()
        {
            try
            {
                await _stop.CancelAsync();
            }
            catch (ObjectDisposedException)
            {
                // It has just gone by itself.
            }

            await _ended.Task;
        }

        public void Dispose()
        {
            lock (_all._gate) _all._writers.Remove(_id);
            _stop.Dispose();
            _ended.TrySetResult();
        }
    }
}
