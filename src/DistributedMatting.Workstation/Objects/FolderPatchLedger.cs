using System.Globalization;
using DistributedMatting.Core.Storage;

namespace DistributedMatting.Workstation.Objects;

/// <summary>
/// A ledger as files of a folder that many machines may share: <c>key/stage/patch</c>, one address a line. The file
/// system decides who was first, so it holds even between two schedulers that do not know of each other.
/// </summary>
public sealed class FolderPatchLedger : IPatchLedger
{
    private const int MaxEntryBytes = IPatchLedger.MaxObjects * (ObjectAddress.Length + 1);

    private readonly string _folder;

    /// <param name="folder">Made when first needed.</param>
    public FolderPatchLedger(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        _folder = folder;
    }

    /// <inheritdoc/>
    public bool TryCommit(PatchIdentity identity, IReadOnlyList<ObjectAddress> objects)
    {
        ArgumentNullException.ThrowIfNull(objects);
        ArgumentOutOfRangeException.ThrowIfLessThan(objects.Count, 1, nameof(objects));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(objects.Count, IPatchLedger.MaxObjects, nameof(objects));
        var text = System.Text.Encoding.ASCII.GetBytes(string.Concat(objects.Select(address => $"{address}\n")));
        return FolderFile.TryCreate(PathOf(identity), text);
    }

    /// <inheritdoc/>
    public IReadOnlyList<ObjectAddress>? Find(PatchIdentity identity)
    {
        var path = PathOf(identity);
        if (FolderFile.Read(path, MaxEntryBytes) is not { } bytes) return null;
        var lines = System.Text.Encoding.ASCII.GetString(bytes).Split('\n');
        var objects = new ObjectAddress[lines.Length - 1];
        for (var i = 0; i < objects.Length; i++)
        {
            if (!ObjectAddress.TryParse(lines[i], out objects[i])) return Damaged(path);
        }
        return objects.Length > 0 && lines[^1].Length == 0 ? objects : Damaged(path);
    }

    /// <inheritdoc/>
    public void Forget(PatchIdentity identity) => FolderFile.Delete(PathOf(identity));

    /// <inheritdoc/>
    public IReadOnlyList<int> Committed(string key, string stage)
    {
        var folder = FolderOf(key, stage);
        if (!Directory.Exists(folder)) return [];
        var patches = new List<int>();
        foreach (var path in Directory.EnumerateFiles(folder))
            if (int.TryParse(Path.GetFileName(path.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var patch)) patches.Add(patch);
        patches.Sort();
        return patches;
    }

    private static IReadOnlyList<ObjectAddress>? Damaged(string path)
    {
        FolderFile.Delete(path);
        return null;
    }

    private string PathOf(PatchIdentity identity) =>
        Path.Combine(FolderOf(identity.Key, identity.Stage), identity.Patch.ToString(CultureInfo.InvariantCulture));

    private string FolderOf(string key, string stage)
    {
        // Both become names of folders.
        if (!ObjectAddress.TryParse(key, out _)) throw new ArgumentException("A key is 64 lower-case hexadecimal digits.", nameof(key));
        if (stage.Length == 0 || !stage.All(char.IsAsciiLetterLower)) throw new ArgumentException($"'{stage}' is no stage's name.", nameof(stage));
        return Path.Combine(_folder, key, stage);
    }
}
