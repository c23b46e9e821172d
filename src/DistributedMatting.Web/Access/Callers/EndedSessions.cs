using DistributedMatting.Core;
using DistributedMatting.Core.Storage;

namespace DistributedMatting.Web.Access.Callers;

/// <summary>
/// Sessions that were signed out: their cookies, and copies of them, let nobody in again. Each is remembered for as long as
/// its cookie could last, as an empty file in the folder of the sessions' secret. Services that share that folder, as the
/// silos of a farm do, share these files: a session that one has ended is refused by all as soon as the folder shows them
/// the file. Without a folder the process remembers them, and its end ends all sessions anyway. Where there are too many to
/// remember, every session that was begun or renewed before that moment has ended: people log in again.
/// </summary>
internal sealed class EndedSessions
{
    private const int DefaultMost = 10_000;
    private const string All = "all";

    // Between an answer that renews a cookie and the sign-out that comes at the same moment, and between machines' clocks.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, DateTimeOffset> _ended = [];
    private readonly Lock _gate = new();
    private readonly string? _folder;
    private readonly TimeSpan _kept;
    private readonly TimeProvider _clock;
    private readonly int _most;

    /// <param name="folder">Where they are remembered; made if it is missing. Null: in memory.</param>
    /// <param name="length">How long a cookie lasts that is not renewed.</param>
    /// <param name="clock">Whose time is written.</param>
    /// <param name="most">Most that are remembered one by one.</param>
    /// <exception cref="InvalidInputException">The folder cannot be made.</exception>
    public EndedSessions(string? folder, TimeSpan length, TimeProvider clock, int most = DefaultMost)
    {
        (_folder, _kept, _clock, _most) = (folder, length + Margin, clock, most);
        if (folder is not null) OnDisk(folder, () => Directory.CreateDirectory(folder));
    }

    /// <summary>Ends a session.</summary>
    /// <param name="id">32 lower-case hexadecimal digits.</param>
    /// <exception cref="InvalidInputException">It cannot be written down; this process refuses the session all the same.</exception>
    public void End(string id)
    {
        lock (_gate)
        {
            var now = _clock.GetUtcNow();
            Forget(_ended.Where(one => now - one.Value > _kept).Select(one => one.Key));
            if (_ended.Count >= _most)
            {
                Forget(_ended.Keys.Where(one => one != All));
                id = All;
            }

            _ended[id] = now;
            if (_folder is not null) OnDisk(_folder, () => Write(_folder, id, now));
        }
    }

    /// <summary>Whether a session was signed out.</summary>
    /// <param name="id">Its name.</param>
    /// <param name="issued">When its cookie was made or renewed.</param>
    public bool IsEnded(string id, DateTimeOffset issued) => EndOf(id) is not null || issued <= EndOf(All);

    private DateTimeOffset? EndOf(string id)
    {
        lock (_gate)
            if (_ended.TryGetValue(id, out var known)) return known;
        if (_folder is null) return null;
        var file = new FileInfo(Path.Combine(_folder, id));
        return file.Exists ? file.LastWriteTimeUtc : null;
    }

    private void Forget(IEnumerable<string> ids)
    {
        foreach (var id in ids.ToArray()) _ended.Remove(id);
    }

    // What others have ended is in the folder alone.
    private void Write(string folder, string id, DateTimeOffset now)
    {
        var files = new DirectoryInfo(folder).GetFiles();
        var old = files.Where(file => now - file.LastWriteTimeUtc > _kept).ToList();
        if (id != All && files.Length - old.Count >= _most) (id, _ended[All]) = (All, now);
        Touch(Path.Combine(folder, id), now);
        foreach (var file in id == All ? files.Where(file => file.Name != All) : old) file.Delete();
    }

    private static void Touch(string path, DateTimeOffset now)
    {
        File.WriteAllBytes(path, []);
        File.SetLastWriteTimeUtc(path, now.UtcDateTime);
    }

    private static void OnDisk(string folder, Action work)
    {
        try
        {
            work();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw DiskErrors.Refused(error, $"ended sessions cannot be written down in {folder}");
        }
    }
}
