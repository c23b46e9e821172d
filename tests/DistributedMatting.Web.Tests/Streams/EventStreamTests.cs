using System.Runtime.CompilerServices;
using System.Text;
using DistributedMatting.Web.Jobs;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace DistributedMatting.Web.Tests.Streams;

/// <summary>Watchers that share a service.</summary>
public sealed class EventStreamTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Who_takes_nothing_keeps_nobody_from_being_told()
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var stream = new EventStream(TimeSpan.FromHours(1), TimeProvider.System);
        var stuck = Enumerable.Range(0, 2 * Environment.ProcessorCount).Select(_ => new Client(taken: 1)).ToArray();
        var reader = new Client(taken: int.MaxValue);
        var watching = stuck.Append(reader).Select(client => stream.WriteAsync(client.Context, Numbers, null, end.Token)).ToArray();
        Assert.Equal(stuck.Length + 1, stream.Watchers);

        await reader.Has("id: 3\n").WaitAsync(Patience, TestContext.Current.CancellationToken);
        await end.CancelAsync();
        await Task.WhenAll(watching).WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal(0, stream.Watchers);
    }

    [Fact]
    public async Task What_is_known_goes_out_together_but_not_without_end()
    {
        using var stream = new EventStream(TimeSpan.FromHours(1), TimeProvider.System);
        var reader = new Client(taken: int.MaxValue);
        await stream.WriteAsync(reader.Context, Many, null, TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal(3000, reader.Text.Split("event: number\n").Length - 1);
        Assert.InRange(reader.MostAtOnce, 10_000, 128 << 10);
    }

    private static async IAsyncEnumerable<EventStream.Message> Numbers([EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var i = 1; ; i++)
        {
            yield return new EventStream.Message(i, "number", new { i });
            await Task.Yield();
            cancellation.ThrowIfCancellationRequested();
        }
    }

    private static async IAsyncEnumerable<EventStream.Message> Many([EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var i = 0; i < 3000; i++) yield return new EventStream.Message(i, "number", new { text = new string('x', 100) });
        await Task.CompletedTask;
    }

    /// <summary>A client who takes so many writes and then, being slow, no more until the request ends.</summary>
    private sealed class Client : Stream
    {
        private readonly MemoryStream _all = new();
        private readonly SemaphoreSlim _written = new(0);
        private int _taken;
        private long _unflushed;

        public Client(int taken)
        {
            _taken = taken;
            Context = new DefaultHttpContext();
            Context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(this));
        }

        public DefaultHttpContext Context { get; }

        /// <summary>Most bytes that came before the client was asked to have taken them.</summary>
        public long MostAtOnce { get; private set; }

        public string Text
        {
            get
            {
                lock (_all) return Encoding.UTF8.GetString(_all.ToArray());
            }
        }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public async Task Has(string text)
        {
            while (!Text.Contains(text, StringComparison.Ordinal)) await _written.WaitAsync(TestContext.Current.CancellationToken);
        }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Interlocked.Decrement(ref _taken) < 0) await Task.Delay(Timeout.Infinite, cancellationToken);
            lock (_all) _all.Write(buffer.Span);
            MostAtOnce = Math.Max(MostAtOnce, _unflushed += buffer.Length);
            _written.Release();
        }

        public override void Flush()
        {
        }

        public override Task FlushAsync(CancellationToken cancellationToken)
        {
            _unflushed = 0;
            return Task.CompletedTask;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
