using System.Globalization;
using DistributedMatting.Core;

namespace DistributedMatting.Workstation.Jobs;

/// <summary>
/// Keeps a job's folder to one process. The kernel gives the lock back when the process ends, however it ends,
/// so a lock is never stale; a second file says who holds it, for the message only.
/// </summary>
internal sealed class JobLock : IDisposable
{
    public const string FileName = "lock";
    private const string OwnerName = "lock.owner";
    private const int Attempts = 3;

    private readonly FileStream _file;
    private readonly string _folder;

    private JobLock(FileStream file, string folder) => (_file, _folder) = (file, folder);

    /// <exception cref="InvalidInputException">Another process, or another job of this one, holds it.</exception>
    public static JobLock Take(string folder)
    {
        var path = Path.Combine(folder, FileName);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            FileStream file;
            try
            {
                Directory.CreateDirectory(folder);
                file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException error) when (error is not (DirectoryNotFoundException or FileNotFoundException) && File.Exists(path))
            {
                throw new InvalidInputException($"{folder}: the job is in use by {Owner(folder)}; wait for it or name another folder with --job-dir.", error);
            }
            if (!File.Exists(path))
            {
                // Its last owner finished and took the file away between our opening and locking it.
                file.Dispose();
                continue;
            }
            File.WriteAllText(Path.Combine(folder, OwnerName), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new JobLock(file, folder);
        }
        throw new InvalidInputException($"{folder}: other jobs begin and end here all the time; name another folder with --job-dir.");
    }

    /// <summary>Takes the files away while the lock is still held.</summary>
    public void DeleteFiles()
    {
        File.Delete(Path.Combine(_folder, OwnerName));
        File.Delete(Path.Combine(_folder, FileName));
    }

    public void Dispose() => _file.Dispose();

    private static string Owner(string folder)
    {
        try
        {
            var text = File.ReadAllText(Path.Combine(folder, OwnerName));
            return int.TryParse(text, CultureInfo.InvariantCulture, out var id) ? $"process {id}" : "another process";
        }
        catch (IOException)
        {
            return "another process";
        }
    }
}
