using System.Net;
using System.Net.Sockets;
using DistributedMatting.Core;

namespace DistributedMatting.Silo.Hosting;

/// <summary>Looks whether a silo can stand where it is told to, before it joins: a second one on a port would put the first one out.</summary>
internal static class SiloPlace
{
    /// <summary>Throws unless the address is this machine's, other silos can reach it, and its ports are free.</summary>
    /// <exception cref="InvalidInputException">Names the option and what would be right.</exception>
    public static async Task RequireAsync(SiloOptions silo, CancellationToken cancellation)
    {
        var here = silo.Advertise;
        if (here.Equals(IPAddress.Any) || here.Equals(IPAddress.IPv6Any))
            throw new InvalidInputException($"--advertise {here} is no address that other silos can reach; name this machine's own");
        if (!IsOfThisMachine(here))
            throw new InvalidInputException($"--advertise {here} is no address of this machine; other silos would look for this one elsewhere");
        if (silo.Redis is { } redis && IPAddress.IsLoopback(here) && await IsElsewhereAsync(redis, cancellation))
            throw new InvalidInputException($"--advertise {here} is reached from this machine alone, and Redis at {RedisAtStart.PlaceOf(redis)} is on another; name the address at which other machines reach this one");
        if (silo.SiloPort == silo.GatewayPort) throw new InvalidInputException($"--silo-port and --gateway-port are both {silo.SiloPort}; they must differ");
        RequireFree("--silo-port", here, silo.SiloPort);
        RequireFree("--gateway-port", here, silo.GatewayPort);
    }

    private static bool IsOfThisMachine(IPAddress address)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(address, 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    // A silo shares its port with whoever asks for it in the same way, and this one does not: it hears of whoever listens.
    // What the kernel remembers of a silo that has gone is no obstacle.
    private static void RequireFree(string option, IPAddress address, int port)
    {
        try
        {
            using var listener = new TcpListener(address, port);
            if (OperatingSystem.IsWindows()) listener.ExclusiveAddressUse = true;
            listener.Start();
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new InvalidInputException($"{option} {port} of {address} is in use, by another silo or another program; name a free one", error);
        }
        catch (SocketException error)
        {
            throw new InvalidInputException($"{option} {port} of {address} will not do: {error.Message}", error);
        }
    }

    // A name that nobody knows yet may be anybody's.
    private static async Task<bool> IsElsewhereAsync(string redis, CancellationToken cancellation)
    {
        foreach (var place in RedisAtStart.Parse(redis, null).EndPoints)
        {
            var addresses = place switch
            {
                IPEndPoint point => [point.Address],
                DnsEndPoint name => await FindAsync(name.Host, cancellation),
                _ => [],
            };
            if (addresses.Length == 0 || addresses.Any(address => IPAddress.IsLoopback(address) || IsOfThisMachine(address))) return false;
        }
        return true;
    }

    private static async Task<IPAddress[]> FindAsync(string host, CancellationToken cancellation)
    {
        try
        {
            return await Dns.GetHostAddressesAsync(host, cancellation);
        }
        catch (SocketException)
        {
            return [];
        }
    }
}
