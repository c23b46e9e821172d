using DistributedMatting.Core;
using DistributedMatting.Core.Storage;

namespace DistributedMatting.Imaging;

/// <summary>
/// A file that is written beside its place (<c>NAME.partial-PID-RANDOM</c>: in containers every process may be number 1) and renamed when it is whole.
/// Disposed before that, it leaves nothing. What a killed process left is taken away by the next one.
/// </summary>
internal sealed class OutputFile : IDisposable
{
    private readonly bool _force;
    private bool _done;

    private OutputFile(string path, string partial, FileStream stream, bool force) =>
        (Path, Partial, Stream, _force) = (path, partial, stream, force);

    /// <summary>Where the file will be, as the person named it.</summary>
    internal string Path { get; }

    /// <summary>Where it is being written.</summary>
    internal string Partial { get; }

    internal FileStream Stream { get; }

    /// <exception cref="InvalidInputException">No such folder, no rights, no space, or the file is there and <paramref name="force"/> is not set.</exception>
    internal static OutputFile Create(string path, bool force)
    {
        if (string.IsNullOrWhiteSpace(path) || path.Contains('\0') || System.IO.Path.GetFileName(path).Length == 0)
            throw new InvalidInputException($"'{path}': no file name to write to; give the path of a file");
        if (Directory.Exists(path))
            throw new InvalidInputException($"{path}: is a folder; give the path of a file to write");
        if (File.Exists(path) && !force)
            throw new InvalidInputException($"{path}: exists already; give another name, or --force to replace it");

        var full = System.IO.Path.GetFullPath(path);
        var folder = System.IO.Path.GetDirectoryName(full)!;
        if (!Directory.Exists(folder))
            throw new InvalidInputException($"{path}: its folder does not exist; create {folder} first");

        var partial = $"{full}.partial-{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..8]}";
        try
        {
            TakeAwayLeftovers(full);
            var stream = new FileStream(partial, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1 << 16);
            stream.SetLength(0);
            return new OutputFile(path, partial, stream, force);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refused(path, e);
        }
    }

    /// <summary>The line for a person whose file cannot be written.</summary>
    internal static InvalidInputException Refused(string path, Exception e) => DiskErrors.Refused(e, $"{path} cannot be written");

    /// <summary>Brings the file to the disk, then to its place.</summary>
    internal void Complete()
    {
        Stream.Flush(flushToDisk: true);
        Stream.Dispose();
        if (File.Exists(Path) && !_force)
            throw new InvalidInputException($"{Path}: has come to exist meanwhile; give another name, or --force to replace it");
        File.Move(Partial, Path, overwrite: true);
        _done = true;
    }

    public void Dispose()
    {
        try
        {
            Stream.Dispose(); // writes what is buffered, which a full disk refuses
        }
        catch (IOException)
        {
        }

        if (_done) return;
        try
        {
            File.Delete(Partial);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Its folder has gone, or its disk: whatever was wrong before this has been said.
        }
    }

    /// <summary>Deletes what is beside a file's place and nobody holds a lock on: it belongs to a process that is gone.</summary>
    internal static void TakeAwayLeftovers(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        foreach (var leftover in Directory.EnumerateFiles(System.IO.Path.GetDirectoryName(full)!, $"{System.IO.Path.GetFileName(full)}.partial-*"))
            try
            {
                using var alone = new FileStream(leftover, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
                File.Delete(leftover);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
            }
    }
}
