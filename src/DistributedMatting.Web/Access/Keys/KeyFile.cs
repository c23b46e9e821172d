using System.Text.Json;
using System.Text.Json.Serialization;
using DistributedMatting.Core;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Core.Storage;

namespace DistributedMatting.Web.Access.Keys;

/// <summary>
/// The API keys in a JSON file that only its owner can read. A key's text is not in it: it is shown once, when it is made.
/// A running service sees a change within a second.
/// </summary>
public sealed class KeyFile
{
    private const int CurrentFormat = 1;
    private const int MaxKeys = 10_000;
    private const long MaxBytes = 8 << 20;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly JsonSerializerOptions Json = new(JobJson.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };


    /// <param name="path">The file; need not be there until it is read.</param>
    /// <exception cref="InvalidInputException">The path is empty.</exception>
    public KeyFile(string path)
    {
        if (string.IsNullOrWhiteSpace(path)) throw new InvalidInputException("the file of the keys is empty; name one");
        if (Directory.Exists(path)) throw new InvalidInputException($"{path} is a folder; name a file for the keys");
        FilePath = Path.GetFullPath(path);
    }

    /// <summary>Where it is, from the root on.</summary>
    public string FilePath { get; }

    /// <summary>All keys, in the order in which they were made; none where there is no file.</summary>
    /// <exception cref="InvalidInputException">It cannot be read, is damaged, or holds a key from an example.</exception>
    public IReadOnlyList<KeyEntry> Read()
    {
        try
        {
            var file = new FileInfo(FilePath);
            if (!file.Exists) return [];
            if (file.Length > MaxBytes) throw Damaged($"has {file.Length} bytes");
            using var stream = file.OpenRead();
            return Checked(JsonSerializer.Deserialize<Content>(stream, Json) ?? throw Damaged("is empty"));
        }
        catch (JsonException error)
        {
            throw Damaged($"is not as 'matting keys' writes it, near line {error.LineNumber + 1}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw DiskErrors.Refused(error, $"{FilePath} cannot be read");
        }
    }

    /// <summary>Makes a key and keeps its hash.</summary>
    /// <param name="name">Whose it is.</param>
    /// <param name="role">What it may do.</param>
    /// <param name="projects">The only projects that it is for; null for all.</param>
    /// <param name="clock">Whose time is written.</param>
    /// <returns>The key's text, which nobody can be told again.</returns>
    /// <exception cref="InvalidInputException">A field will not do, the name is taken, or the file cannot be written.</exception>
    public string Add(string name, Role role, IReadOnlyList<string>? projects, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        var key = ApiKey.Create();
        var entry = new KeyEntry(name, role, projects, ApiKey.Hash(key)!, clock.GetUtcNow());
        if (Problem(entry) is { } problem) throw new InvalidInputException(problem);
        Change(keys =>
        {
            if (keys.Any(known => known.Name == name))
                throw new InvalidInputException($"there is a key named '{name}' already; remove it first, or take another name");
            if (keys.Count >= MaxKeys) throw new InvalidInputException($"{FilePath} holds {MaxKeys} keys, which is the most; remove some");
            return [.. keys, entry];
        });
        return key;
    }

    /// <summary>Forgets a key; who holds it is refused from then on, sessions included.</summary>
    /// <exception cref="InvalidInputException">There is none of that name, or the file cannot be written.</exception>
    public void Remove(string name) => Change(keys =>
    {
        if (keys.All(known => known.Name != name)) throw new InvalidInputException($"{FilePath} has no key named '{name}'; 'matting keys list' shows those it has");
        return [.. keys.Where(known => known.Name != name)];
    });

    /// <summary>What tells whether the file has changed; default where it is not there.</summary>
    internal (DateTime Written, long Length) Stamp()
    {
        if (!File.Exists(FilePath)) return default;
        // What a link leads to: a mounted Secret is renewed behind links that stay as they are.
        var file = File.ResolveLinkTarget(FilePath, returnFinalTarget: true) ?? new FileInfo(FilePath);
        return file.Exists ? (file.LastWriteTimeUtc, ((FileInfo)file).Length) : default;
    }

    private void Change(Func<IReadOnlyList<KeyEntry>, IReadOnlyList<KeyEntry>> change)
    {
        var beside = FilePath + ".new";
        try
        {
            // Two who change it at once: the second waits for nobody, it is told.
            var how = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.None };
            if (!OperatingSystem.IsWindows()) how.UnixCreateMode = OwnerOnly;
            using var stream = new FileStream(beside, how);
            var keys = change(Read());
            stream.SetLength(0);
            JsonSerializer.Serialize(stream, new Content(CurrentFormat, keys), Json);
            stream.Flush(flushToDisk: true);
            File.Move(beside, FilePath, overwrite: true);
        }
        catch (InvalidInputException)
        {
            File.Delete(beside);
            throw;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw DiskErrors.Refused(error, $"{FilePath} cannot be written");
        }
    }

    private IReadOnlyList<KeyEntry> Checked(Content content)
    {
        if (content.Format != CurrentFormat) throw Damaged($"is of format {content.Format}, not {CurrentFormat}");
        foreach (var entry in content.Keys)
        {
            if (Problem(entry) is { } problem) throw Damaged("has a key whose " + problem);
            if (entry.Sha256 == ApiKey.Hash(ApiKey.Example))
                throw new InvalidInputException($"{FilePath} holds the key of the documentation's example, which everyone knows; remove '{entry.Name}' and make one with 'matting keys add'");
        }

        if (content.Keys.DistinctBy(key => key.Name).Count() < content.Keys.Count) throw Damaged("has two keys of one name");
        return content.Keys;
    }

    private static string? Problem(KeyEntry entry)
    {
        if (IsBadName(entry.Name)) return "name is empty, too long or no plain text; it may have 1 to 200 characters";
        if (!Enum.IsDefined(entry.Role)) return "role is none of viewer, submitter, operator";
        if (entry.Projects is { Count: 0 }) return "list of projects is empty; leave it out for all projects";
        if (entry.Projects?.Any(IsBadName) == true) return "projects are empty, too long or no plain text; each may have 1 to 200 characters";
        return ApiKey.IsHash(entry.Sha256) ? null : "sha256 is not 64 lower-case hexadecimal digits";
    }

    private static bool IsBadName(string? name) =>
        string.IsNullOrWhiteSpace(name) || name.Length > JobLimits.MaxName || name.Any(char.IsControl);

    private InvalidInputException Damaged(string how) => new($"{FilePath} {how}; mend it, or make it anew with 'matting keys add'");

    private sealed record Content(int Format, IReadOnlyList<KeyEntry> Keys);
}
