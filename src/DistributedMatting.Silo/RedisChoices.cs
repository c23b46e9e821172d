using System.CommandLine;
using DistributedMatting.Cli.Options;
using DistributedMatting.Core;
using DistributedMatting.Silo.Hosting;
using DistributedMatting.Silo.Objects;

namespace DistributedMatting.Silo;

/// <summary>The options of a silo about the farm's Redis. Its password may come from a file, so that no list of processes shows it.</summary>
internal static class RedisChoices
{
    private const int MostLetters = 4096;

    private static readonly Option<string?> Redis = new("--redis") { Description = "Redis of the farm, HOST:PORT and options; left out: this silo alone" };
    private static readonly Option<string?> File = new("--redis-file") { Description = "A file that holds what --redis would say", HelpName = "FILE" };
    private static readonly Option<string?> PasswordFile = new("--redis-password-file") { Description = "A file that holds Redis's password alone, whatever its letters", HelpName = "FILE" };
    private static readonly Option<int?> Objects = Limits.Whole("--redis-objects-kib", "Objects up to so many KiB are kept in Redis beside the shared folder, the same on all silos; 0 for none, default 64", 0, 1024);
    private static readonly Option<int?> Memory = Limits.Whole("--redis-memory-mib", "Most memory of Redis that these objects take in all, in MiB, the same on all silos; default 256", 1, 65536);

    public static void AddTo(Command command)
    {
        foreach (var option in new Option[] { Redis, File, PasswordFile, Objects, Memory }) command.Add(option);
    }

    /// <summary>The same silo with what was said of Redis.</summary>
    /// <exception cref="InvalidInputException">A file cannot be read, or two options contradict one another.</exception>
    public static SiloOptions Read(ParseResult parsed, SiloOptions silo)
    {
        var (said, file, password) = (parsed.GetValue(Redis), parsed.GetValue(File), parsed.GetValue(PasswordFile));
        if (said is not null && file is not null) throw new InvalidInputException("--redis and --redis-file both say where Redis is; give one of them");
        if (password is not null && said is null && file is null) throw new InvalidInputException("--redis-password-file is for a Redis that --redis or --redis-file names");
        return silo with
        {
            Redis = file is null ? said : Line("--redis-file", file),
            RedisPassword = password is null ? null : Line("--redis-password-file", password),
            RedisObjects = new RedisObjectsOptions
            {
                MaxObjectKib = parsed.GetValue(Objects) ?? new RedisObjectsOptions().MaxObjectKib,
                MaxMemoryMib = parsed.GetValue(Memory) ?? new RedisObjectsOptions().MaxMemoryMib,
            },
        };
    }

    // Never what the file says: it is a secret.
    private static string Line(string option, string file)
    {
        try
        {
            using var reader = new StreamReader(file);
            var letters = new char[MostLetters + 1];
            var text = new string(letters, 0, reader.ReadBlock(letters)).TrimEnd('\r', '\n');
            if (text.Length is 0 or > MostLetters || text.AsSpan().ContainsAny('\r', '\n', '\0'))
                throw new InvalidInputException($"{option} {file} will not do: it must hold one line of 1 to {MostLetters} letters");
            return text;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InvalidInputException($"{option} {file} cannot be read: {error.Message}", error);
        }
    }
}
