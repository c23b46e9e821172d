using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using DistributedMatting.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace DistributedMatting.Silo.Hosting;

/// <summary>Brings a silo up: waits for Redis, joins the farm, opens the API; alive to whoever asks from the first moment.</summary>
internal static class SiloStart
{
    // As of a command whose service cannot be reached. Not 2, after which no supervisor tries again.
    private const int RedisIsAway = 5;

    /// <summary>An exit code where it did not come up. Whoever stops a silo that is not up yet has what he wants: that is no error.</summary>
    /// <param name="host">The silo, not started.</param>
    /// <param name="silo">Where it stands.</param>
    /// <param name="folder">The shared folder.</param>
    /// <param name="web">The API and where it listens; null for none.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="InvalidInputException">It cannot stand or listen there, Redis refuses it, or its folder is another farm's.</exception>
    public static async Task<int?> RunAsync(IHost host, SiloOptions silo, string folder, (WebApplication App, IPEndPoint Listen)? web, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        try
        {
            await SiloPlace.RequireAsync(silo, stop.Token);
            await using (var room = web is var (_, place) ? await ListenAsync(place, () => WaitingRoom.OpenAsync(place, stop.Token)) : null)
            {
                await JoinAsync(host, silo, folder, room, stop.Token);
            }

            if (web is var (app, listen)) await ListenAsync(listen, async () => { await app.StartAsync(stop.Token); return app; });
            return null;
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            Console.WriteLine($"silo {silo.Advertise}:{silo.SiloPort} was stopped before it was up");
            return 0;
        }
        catch (Exception error) when (error is RedisException or TimeoutException && silo.Redis is not null)
        {
            await Console.Error.WriteLineAsync($"matting-silo: Redis at {RedisAtStart.PlaceOf(silo.Redis)} went away while the silo started; start it again");
            return RedisIsAway;
        }

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }
    }

    private static async Task JoinAsync(IHost host, SiloOptions silo, string folder, WaitingRoom? room, CancellationToken cancellation)
    {
        if (silo.Redis is { } redis)
        {
            await RedisAtStart.WaitAsync(redis, silo.RedisPassword, Say, TimeProvider.System, cancellation);
            if (room is not null) room.Waits = false;
            await new FarmMark(folder, TimeProvider.System).RequireAsync(silo, cancellation);
        }

        await host.StartAsync(cancellation);

        void Say(string line)
        {
            if (room is not null) room.Waits = true;
            Console.WriteLine($"silo {silo.Advertise}:{silo.SiloPort} {line}");
        }
    }

    private static async Task<T> ListenAsync<T>(IPEndPoint listen, Func<Task<T>> open)
    {
        try
        {
            return await open();
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            throw new InvalidInputException($"--listen {listen} will not do: {error.Message}", error);
        }
    }
}
