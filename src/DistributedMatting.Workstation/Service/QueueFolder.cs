using DistributedMatting.Core;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Core.Storage;
using DistributedMatting.Workstation.Storage;

namespace DistributedMatting.Workstation.Service;

/// <summary>
/// The queue on disk, locked for this process while the object lives: <c>ID/job.json</c> is the job,
/// <c>ID/work</c> its finished patches, <c>ID/patches.bin</c> and <c>ID/log.txt</c> what is shown of it.
/// A folder without job.json is no job: a submission or a deletion was cut short there.
/// </summary>
internal sealed class QueueFolder : IDisposable
{
    private const string LockName = "service.lock";
    private const string JobName = "job.json";
    private const string WorkName = "work";
    private const string PatchesName = "patches.bin";
    private const string LogName = "log.txt";
    private const string PicturesName = "pictures";

    private readonly string _path;
    private readonly FileStream _lock;

    private QueueFolder(string path, FileStream held) => (_path, _lock) = (path, held);

    /// <exception cref="InvalidInputException">It cannot be written, or another service holds it.</exception>
    public static QueueFolder Open(string folder)
    {
        var path = Path.GetFullPath(folder);
        try
        {
            Directory.CreateDirectory(path);
            // The kernel gives the lock back however the process ends, so it is never stale.
            return new QueueFolder(path, new FileStream(Path.Combine(path, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (Exception error) when (DiskErrors.Explain(error, folder) is { } line)
        {
            throw line;
        }
        catch (IOException error)
        {
            throw new InvalidInputException(File.Exists(path)
                ? $"{folder}: is a file, and a queue needs a folder; name another."
                : $"{folder}: another service works here; stop it or name another folder.", error);
        }
    }

    public string WorkFolder(JobId id) => Path.Combine(JobFolder(id), WorkName);

    public string PatchesPath(JobId id) => Path.Combine(JobFolder(id), PatchesName);

    public string LogPath(JobId id) => Path.Combine(JobFolder(id), LogName);

    /// <summary>Pyramids of all jobs; whatever is in it can be made again.</summary>
    public string PicturesFolder => Path.Combine(_path, PicturesName);

    /// <summary>The jobs in the order of submission; what was cut short is swept away.</summary>
    /// <param name="warn">Hears of job files that cannot be read; their folders are left for a person to look at.</param>
    public IEnumerable<QueueFile> Load(Action<string> warn)
    {
        var found = new List<QueueFile>();
        foreach (var folder in Directory.EnumerateDirectories(_path))
        {
            if (!JobId.TryParse(Path.GetFileName(folder), out var id)) continue;
            var path = Path.Combine(folder, JobName);
            if (!File.Exists(path)) Directory.Delete(folder, recursive: true);
            else if (SafeFile.ReadJson<QueueFile>(path) is { Format: QueueFile.CurrentFormat, Job: { } job } file && job.Id == id) found.Add(file);
            else warn($"{path}: is damaged or of another version; the job is left out. Submit it again and delete the folder.");
        }

        return found.OrderBy(file => file.Number);
    }

    /// <exception cref="InvalidInputException">The disk is full or cannot be written.</exception>
    public void Save(long number, JobStatus job)
    {
        var folder = JobFolder(job.Id);
        try
        {
            Directory.CreateDirectory(folder);
            SafeFile.WriteJson(Path.Combine(folder, JobName), new QueueFile(QueueFile.CurrentFormat, number, job));
        }
        catch (Exception error) when (DiskErrors.Explain(error, _path) is { } line)
        {
            throw line;
        }
    }

    public void DeleteWork(JobId id)
    {
        var work = WorkFolder(id);
        if (Directory.Exists(work)) Directory.Delete(work, recursive: true);
    }

    /// <summary>Deletes the work and what is shown of it: the job begins anew, if ever.</summary>
    public void ForgetWork(JobId id)
    {
        DeleteWork(id);
        if (Directory.Exists(JobFolder(id))) File.Delete(PatchesPath(id));
    }

    /// <summary>The job's file goes first: killed after that, the rest is swept away at the next start.</summary>
    public void Delete(JobId id)
    {
        var folder = JobFolder(id);
        if (!Directory.Exists(folder)) return;
        File.Delete(Path.Combine(folder, JobName));
        Directory.Delete(folder, recursive: true);
    }

    public void Dispose() => _lock.Dispose();

    private string JobFolder(JobId id) => Path.Combine(_path, id.ToString());
}
