using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using DistributedMatting.Core;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Core.Jobs.Service.Results;
using DistributedMatting.Imaging;

namespace DistributedMatting.Workstation.Results;

/// <summary>
/// Pyramids of what people look at, on disk, made when first asked for and one at a time. Together they keep a
/// budget of bytes: those that nobody has looked at for longest go first. A pyramid's name holds its job, what it
/// shows, and of which state of the file.
/// </summary>
internal sealed class PyramidCache(string folder, long budget, ImageLimits limits)
{
    private const string Ending = ".tif";
    private static readonly TimeSpan TouchInterval = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Lazy<Task<PyramidFile>>> _open = new(StringComparer.Ordinal);
    private readonly TaskFactory _oneAtATime = new(new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler);

    /// <summary>What a file is now, in 16 hexadecimal digits.</summary>
    /// <exception cref="ResultMissingException">It is not there.</exception>
    public static string TagOf(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists) throw new ResultMissingException($"{path} is no longer there, so it cannot be shown");
        var text = string.Create(CultureInfo.InvariantCulture, $"{path}\n{file.Length}\n{file.LastWriteTimeUtc.Ticks}");
        return Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)))[..16];
    }

    /// <summary>The pyramid of a job's file, made if it is not there.</summary>
    /// <param name="id">The job.</param>
    /// <param name="view">What is shown by it: a job has one pyramid for each.</param>
    /// <param name="source">The file.</param>
    /// <param name="what">What of the file.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <exception cref="ResultMissingException">The file has gone, or cannot be shown.</exception>
    public async Task<PyramidFile> GetAsync(JobId id, PictureView view, string source, PyramidSource what, CancellationToken cancellation)
    {
        var ours = $"{id}-{view.ToString().ToLowerInvariant()}-";
        var name = $"{ours}{TagOf(source)}{Ending}";
        var path = Path.Combine(folder, name);
        var opening = _open.GetOrAdd(name, _ => new Lazy<Task<PyramidFile>>(() => OpenAsync(ours, source, what, path)));
        try
        {
            var pyramid = await opening.Value.WaitAsync(cancellation);
            if (Touch(path)) return pyramid;
        }
        catch (Exception e) when (e is InvalidInputException or IOException or UnauthorizedAccessException)
        {
            _open.TryRemove(KeyValuePair.Create(name, opening));
            throw new ResultMissingException(e.Message, e);
        }

        // It was deleted for others' sake since it was opened.
        _open.TryRemove(KeyValuePair.Create(name, opening));
        return await GetAsync(id, view, source, what, cancellation);
    }

    /// <summary>Deletes what is kept for a job.</summary>
    public void Forget(JobId id) => Delete($"{id}-*");

    private async Task<PyramidFile> OpenAsync(string ours, string source, PyramidSource what, string path)
    {
        if (File.Exists(path))
        {
            try
            {
                return PyramidFile.Open(path);
            }
            catch (InvalidInputException)
            {
                File.Delete(path); // cut short by a full disk, or damaged; it is made again
            }
        }

        return await _oneAtATime.StartNew(() =>
        {
            Directory.CreateDirectory(folder);
            Delete($"{ours}*"); // of another state of the file, or left by a killed process
            PyramidBuilder.Build(source, what, path, limits);
            KeepBudget(path);
            return PyramidFile.Open(path);
        });
    }

    private void KeepBudget(string newest)
    {
        foreach (var cut in Directory.GetFiles(folder, "*.partial")) File.Delete(cut); // by a kill: nobody else builds now
        var files = new DirectoryInfo(folder).GetFiles($"*{Ending}").OrderBy(file => file.LastWriteTimeUtc).ToList();
        var bytes = files.Sum(file => file.Length);
        foreach (var file in files.Where(file => file.FullName != newest))
        {
            if (bytes <= budget) return;
            bytes -= file.Length;
            file.Delete();
        }
    }

    private void Delete(string pattern)
    {
        if (!Directory.Exists(folder)) return;
        foreach (var file in Directory.GetFiles(folder, pattern)) File.Delete(file);
    }

    // The time of writing says when somebody last looked.
    private static bool Touch(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists) return false;
        if (DateTime.UtcNow - file.LastWriteTimeUtc > TouchInterval) File.SetLastWriteTimeUtc(path, DateTime.UtcNow);
        return true;
    }
}
