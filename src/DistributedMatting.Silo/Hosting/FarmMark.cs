using DistributedMatting.Core;
using StackExchange.Redis;

namespace DistributedMatting.Silo.Hosting;

/// <summary>
/// A name that a farm draws once and leaves both in its folder and in its Redis. Who finds two different ones has a folder
/// that is not the others', or their Redis with another farm's folder.
/// </summary>
/// <param name="folder">The shared folder.</param>
/// <param name="clock">Paces the tries.</param>
internal sealed class FarmMark(string folder, TimeProvider clock)
{
    /// <summary>Name of the file in the shared folder.</summary>
    public const string FileName = "farm-id";

    // What another silo has just written, a network file system may show some seconds later.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);
    private const int MaxLength = 100;

    private string Place => Path.Combine(folder, FileName);

    /// <summary>The key in Redis.</summary>
    public static string KeyOf(string cluster) => $"{{{cluster}}}/{FileName}";

    /// <summary>Throws unless folder and Redis are one farm's; a new farm is given its name.</summary>
    /// <param name="silo">Names the farm and its Redis.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="InvalidInputException">They are not, or the folder cannot be written: one line.</exception>
    public async Task RequireAsync(SiloOptions silo, CancellationToken cancellation)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(RedisAtStart.Parse(silo.Redis!, silo.RedisPassword)).WaitAsync(cancellation);
        var (database, key) = (redis.GetDatabase(), KeyOf(silo.Cluster));
        var began = clock.GetTimestamp();
        while (true)
        {
            var here = Read();
            var told = (string?)await database.StringGetAsync(key).WaitAsync(cancellation);
            if (told is null)
            {
                // A new farm, or a Redis that lost its data: the folder says which farm it is.
                if (here is null) Draw();
                else await database.StringSetAsync(key, here, when: When.NotExists).WaitAsync(cancellation);
                if (here is not null || clock.GetElapsedTime(began) < Patience) continue;
                throw new InvalidInputException($"--folder {folder}: {FileName} is empty or cannot be read; delete it while no silo runs");
            }
            if (here == told) return;
            if (here is not null)
                throw new InvalidInputException($"--folder {folder} is of farm {here}, and Redis at {RedisAtStart.PlaceOf(silo.Redis!)} of farm {told}: {Advice(silo)}");
            if (clock.GetElapsedTime(began) > Patience)
                throw new InvalidInputException($"--folder {folder} holds no file {FileName}, and Redis at {RedisAtStart.PlaceOf(silo.Redis!)} is of farm {told}: {Advice(silo)}");
            await Task.Delay(LookEvery, clock, cancellation);
        }
    }

    private static string Advice(SiloOptions silo) =>
        $"is the shared folder mounted here, and the one that the other silos have? (a new folder on purpose: redis-cli DEL \"{KeyOf(silo.Cluster)}\" while no silo runs)";

    private string? Read()
    {
        try
        {
            if (!File.Exists(Place) || new FileInfo(Place).Length > MaxLength) return null;
            var text = File.ReadAllText(Place).Trim();
            return text.Length > 0 ? text : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"--folder {folder} cannot be read: {error.Message}", error);
        }
    }

    // Of several silos that start at once, the first one's name is the farm's.
    private void Draw()
    {
        try
        {
            Directory.CreateDirectory(folder);
            using var file = new FileStream(Place, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
            file.Write(System.Text.Encoding.ASCII.GetBytes($"{Guid.NewGuid():N}\n"));
        }
        catch (IOException) when (File.Exists(Place))
        {
            // Another silo was first, and is about to write.
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"--folder {folder} cannot be written: {error.Message}", error);
        }
    }
}
