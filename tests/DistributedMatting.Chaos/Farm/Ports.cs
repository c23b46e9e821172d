using System.Net;
using System.Net.Sockets;

namespace DistributedMatting.Chaos.Farm;

/// <summary>Ports that nobody listens on.</summary>
public static class Ports
{
    // Below those that Linux gives to connections: one of these is not taken by a client before its silo has come up.
    private const int First = 15_000;
    private const int End = 32_000;

    private static int _next = Random.Shared.Next(First, End);

    /// <summary>A port that is free, and is given out once: whoever asks next gets another, though nobody listens on this one yet.</summary>
    public static int Free()
    {
        for (var tries = First; tries < End; tries++)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref _next) % (End - First));
            if (IsFree(port)) return port;
        }

        throw new InvalidOperationException($"No port from {First} to {End - 1} is free.");
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
