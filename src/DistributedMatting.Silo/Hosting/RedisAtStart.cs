using DistributedMatting.Core;
using StackExchange.Redis;

namespace DistributedMatting.Silo.Hosting;

/// <summary>A silo may be started before its Redis: it waits, and says so.</summary>
internal static class RedisAtStart
{
    private static readonly TimeSpan TryEvery = TimeSpan.FromSeconds(1);

    /// <summary>The settings of a connection.</summary>
    /// <param name="redis">A connection string.</param>
    /// <param name="password">What it does not say; null: it says all.</param>
    /// <exception cref="InvalidInputException">The text is no connection string.</exception>
    public static ConfigurationOptions Parse(string redis, string? password)
    {
        try
        {
            var options = ConfigurationOptions.Parse(redis);
            if (options.EndPoints.Count == 0) throw new ArgumentException("it names no host");
            // Redis may be restarted: whoever was connected waits for it.
            options.AbortOnConnectFail = false;
            options.Password = password ?? options.Password;
            return options;
        }
        catch (ArgumentException error)
        {
            throw new InvalidInputException($"--redis will not do: {error.Message.ReplaceLineEndings(" ")}; it takes HOST:PORT and StackExchange.Redis options", error);
        }
    }

    /// <summary>Where it is, for people: hosts and ports, no password.</summary>
    public static string PlaceOf(string redis) => string.Join(',', Parse(redis, null).EndPoints.Select(EndPointCollection.ToString));

    /// <summary>Ends when Redis answers.</summary>
    /// <param name="redis">A connection string.</param>
    /// <param name="password">What it does not say; null: it says all.</param>
    /// <param name="say">Hears once that it is waited for.</param>
    /// <param name="clock">Paces the tries.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="InvalidInputException">It refuses the password, or the text is no connection string.</exception>
    public static async Task WaitAsync(string redis, string? password, Action<string> say, TimeProvider clock, CancellationToken cancellation)
    {
        for (var tries = 0; await IsAwayAsync(Parse(redis, password)).WaitAsync(cancellation); tries++)
        {
            if (tries == 0) say($"waits for Redis at {PlaceOf(redis)}");
            await Task.Delay(TryEvery, clock, cancellation);
        }
    }

    private static async Task<bool> IsAwayAsync(ConfigurationOptions options)
    {
        options.AbortOnConnectFail = true;
        try
        {
            await using var connection = await ConnectionMultiplexer.ConnectAsync(options);
            await connection.GetDatabase().PingAsync();
            return false;
        }
        catch (RedisConnectionException error) when (error.FailureType == ConnectionFailureType.AuthenticationFailure)
        {
            throw new InvalidInputException("--redis: it refuses the password", error);
        }
        // It is not there, or still reads what it had written down.
        catch (Exception error) when (error is RedisException or TimeoutException)
        {
            return true;
        }
    }
}
