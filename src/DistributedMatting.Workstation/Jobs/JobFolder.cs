using DistributedMatting.Core;
using DistributedMatting.Core.Storage;
using DistributedMatting.Workstation.Storage;

namespace DistributedMatting.Workstation.Jobs;

/// <summary>A job's folder and the names in it, locked for this process while the object lives.</summary>
internal sealed class JobFolder : IDisposable
{
    /// <summary>Name of the file that says how far the job is.</summary>
    public const string StateName = "state.json";

    private const string RequestName = "request.json";
    private const string IngestName = "ingest.json";
    /// <summary>Name of the plate's raster.</summary>
    public const string PlateName = "plate.bands";
    /// <summary>Name of the trimap's raster.</summary>
    public const string TrimapName = "trimap.bands";
    private const string TokensName = "tokens";
    private const string PatchesName = "patches";
    private const string ActivationsName = "activations.tmp";

    private static readonly string[] Documents = [.. SafeFile.NamesOf(RequestName), .. SafeFile.NamesOf(StateName)];
    // The last two are of versions that laid rasters out row by row.
    private static readonly string[] Rasters = [.. SafeFile.NamesOf(IngestName), PlateName, TrimapName, "plate.raw", "trimap.raw"];
    private static readonly string[] Encoded = [.. SlotStore.NamesOf(TokensName), ActivationsName];
    private static readonly string[] Finished = [.. SlotStore.NamesOf(PatchesName)];

    private readonly JobLock _lock;

    private JobFolder(string path, JobLock held) => (Path, _lock) = (path, held);

    /// <summary>Whether a job has been here before.</summary>
    public bool HasJob => File.Exists(Request);

    public string Path { get; }

    public string Request => At(RequestName);

    public string State => At(StateName);

    public string Ingest => At(IngestName);

    public string Plate => At(PlateName);

    public string Trimap => At(TrimapName);

    /// <summary>Without endings; see <see cref="SlotStore"/>.</summary>
    public string Tokens => At(TokensName);

    /// <summary>Without endings; see <see cref="SlotStore"/>.</summary>
    public string Patches => At(PatchesName);

    public string Activations => At(ActivationsName);

    /// <summary>Makes the folder if it is missing and takes its lock.</summary>
    /// <exception cref="InvalidInputException">In use by another process, not a job's folder, or not writable.</exception>
    public static JobFolder Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        if (File.Exists(full)) throw new InvalidInputException($"{path}: is a file; a job needs a folder.");
        try
        {
            Directory.CreateDirectory(full);
            RefuseForeign(path, full);
            return new JobFolder(full, JobLock.Take(full));
        }
        catch (Exception error) when (DiskErrors.Explain(error, path) is { } line)
        {
            throw line;
        }
    }

    /// <summary>Deletes what a job computed from plate and trimap; not these themselves.</summary>
    public void DeleteResults() => Delete([.. Encoded, .. Finished]);

    /// <summary>Deletes what can be computed again from the inputs; request, state and finished patches stay.</summary>
    public void DeleteScratch() => Delete([.. Rasters, .. Encoded]);

    /// <summary>Deletes the job's files and, if nothing else is in it, the folder.</summary>
    public void DeleteAll()
    {
        Delete([.. Documents, .. Rasters, .. Encoded, .. Finished]);
        _lock.DeleteFiles();
        try
        {
            Directory.Delete(Path);
        }
        catch (IOException)
        {
            // Someone put a file of their own there, or the next run has already begun.
        }
    }

    public void Dispose() => _lock.Dispose();

    private string At(string name) => System.IO.Path.Combine(Path, name);

    private void Delete(IEnumerable<string> names)
    {
        foreach (var name in names) File.Delete(At(name));
    }

    // A mistyped --job-dir must not mix our files with somebody's pictures.
    private static void RefuseForeign(string path, string full)
    {
        if (File.Exists(System.IO.Path.Combine(full, JobLock.FileName))) return;
        if (!Directory.EnumerateFileSystemEntries(full).Any()) return;
        if (File.Exists(System.IO.Path.Combine(full, RequestName))) return;
        throw new InvalidInputException($"{path}: holds other files and is no job's folder; name an empty or a new folder.");
    }
}
