using System.Globalization;
using DistributedMatting.Core.Storage;
using DistributedMatting.Workstation.Objects;

namespace DistributedMatting.Cluster.Farm;

/// <summary>
/// The names in the shared folder. <c>jobs/ID</c> is a job's own: its plate, its bands. <c>work/KEY</c> belongs to whatever
/// jobs have the same plate, model and settings: their results, by patch. <c>records/ID</c> says of a job whose other files
/// are gone how its plate was cut, and what each patch drew on.
/// </summary>
/// <param name="options">Where it is.</param>
/// <param name="memory">This silo's own, of all keys.</param>
/// <param name="hot">What all silos have beside the folder; null for nothing.</param>
public sealed class FarmFolder(FarmOptions options, ObjectMemory memory, IHotObjects? hot = null)
{
    private const string UsersName = "users";

    /// <summary>What was made of which patch.</summary>
    public IPatchLedger Ledger { get; } = new FolderPatchLedger(Path.Combine(options.Folder, "work"));

    /// <summary>The bytes of results.</summary>
    public IObjectStore Objects(string key)
    {
        var store = new FolderObjectStore(Path.Combine(Work(key), "objects"));
        return new MemoryFront(hot is null ? store : new HotFront(store, hot), memory);
    }

    /// <summary>A job's own folder.</summary>
    public string Job(string job) => Path.Combine(options.Folder, "jobs", job);

    /// <summary>The plate, as it was taken in.</summary>
    public string Plate(string job) => Path.Combine(Job(job), "plate");

    /// <summary>Where a plate is taken in before it is whole.</summary>
    public string PlateAttempt(string job) => Path.Combine(Job(job), $"plate.{Guid.NewGuid():N}");

    /// <summary>A band of finished rows, named by its first.</summary>
    public string Band(string job, int firstRow) => Path.Combine(Job(job), string.Create(CultureInfo.InvariantCulture, $"rows.{firstRow}"));

    /// <summary>What stays to be shown of a job.</summary>
    public string Record(string job) => Path.Combine(options.Folder, "records", job);

    /// <summary>Takes down who made a result.</summary>
    public void Log(string key, string stage, int patch, string worker) => CommitLog.Add(Work(key), stage, patch, worker);

    /// <summary>Says that a job needs the results of a key.</summary>
    public void Use(string key, string job)
    {
        var users = Path.Combine(Work(key), UsersName);
        Directory.CreateDirectory(users);
        File.WriteAllBytes(Path.Combine(users, job), []);
    }

    /// <summary>Deletes a job's own files, and the results that no other job needs.</summary>
    public void Leave(string job)
    {
        Delete(Job(job));
        LeaveKeys(job, but: null);
    }

    /// <summary>The job has this plate now: results of the one that it had before go, if no other job needs them.</summary>
    public void KeepOnly(string key, string job) => LeaveKeys(job, but: key);

    /// <summary>Deletes the plate as it was taken in, and what was stitched of it; finished patches stay.</summary>
    public void ForgetPlate(string job)
    {
        foreach (var band in Directory.Exists(Job(job)) ? Directory.GetFiles(Job(job), "rows.*") : []) File.Delete(band);
        Delete(Plate(job));
    }

    // A job that was tried again may have had other plates before: all that bear its name are looked through.
    private void LeaveKeys(string job, string? but)
    {
        var work = Path.Combine(options.Folder, "work");
        if (!Directory.Exists(work)) return;
        foreach (var key in Directory.EnumerateDirectories(work).Select(folder => Path.GetFileName(folder)).Where(key => key != but).ToArray())
        {
            var users = Path.Combine(Work(key), UsersName);
            var mark = Path.Combine(users, job);
            if (!File.Exists(mark)) continue;
            File.Delete(mark);
            // A job that comes in this very moment finds its results missing, and makes them again.
            if (!Directory.EnumerateFiles(users).Any()) Delete(Work(key));
        }
    }

    /// <summary>What is made of a key, for whatever jobs have it.</summary>
    public string Work(string key) => Path.Combine(options.Folder, "work", key);

    private static void Delete(string folder)
    {
        try
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // A worker that was slow to hear still writes there. What is left is small, and the next job of the key takes it.
        }
    }
}
