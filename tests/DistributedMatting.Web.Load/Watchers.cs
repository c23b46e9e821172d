using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace DistributedMatting.Web.Load;

/// <summary>
/// The watchers' process: many connections that read bytes and count. It shares the machine with the service, so it
/// takes nothing apart but what tells that a job has ended.
/// </summary>
internal sealed class Watchers(Uri address, int watchers, int jobs)
{
    private long _events;
    private int _sawAll;

    /// <summary>Says that it is ready, begins when it is told to, and says twice a second how many events came and how many watchers have seen every job end.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        Console.WriteLine("ready");
        await Console.In.ReadLineAsync(cancellation);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var all = Task.WhenAll(Enumerable.Range(0, watchers).Select(_ => WatchAsync(end.Token)));
        // On a thread of its own: the console reads synchronously.
        var told = Task.Run(Console.In.ReadToEnd, CancellationToken.None);
        while (!all.IsCompleted && !told.IsCompleted)
        {
            await Task.WhenAny(all, told, Task.Delay(500, end.Token));
            Say();
        }

        await end.CancelAsync();
        await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Say();
        return all.IsFaulted ? throw all.Exception : 0;
    }

    private void Say() => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Interlocked.Read(ref _events)} {_sawAll}"));

    private async Task WatchAsync(CancellationToken end)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(address.Host, address.Port, end);
        // HTTP/1.0: the answer comes as it is, not in chunks.
        await socket.SendAsync(Encoding.ASCII.GetBytes($"GET /api/v1/jobs/events HTTP/1.0\r\nHost: {address.Authority}\r\n\r\n"), end);
        var buffer = new byte[32 << 10];
        var lines = new SeenEnds();
        var held = 0;
        while (lines.Ended < jobs)
        {
            if (held == buffer.Length) Array.Resize(ref buffer, 2 * buffer.Length);
            var read = await socket.ReceiveAsync(buffer.AsMemory(held), end);
            if (read == 0) throw new IOException("the service closed a watcher's connection");
            var (took, events) = lines.Take(buffer.AsSpan(0, held + read));
            Interlocked.Add(ref _events, events);
            held += read - took;
            buffer.AsSpan(took, held).CopyTo(buffer);
        }

        Interlocked.Increment(ref _sawAll);
    }
}
