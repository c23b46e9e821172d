using DistributedMatting.Core.Storage;
using Microsoft.Win32.SafeHandles;

namespace DistributedMatting.Workstation.Objects;

/// <summary>Files of a shared folder: whole or not there, however many processes write them at once.</summary>
internal static class FolderFile
{
    /// <summary>Writes beside, then renames over whatever is there.</summary>
    public static void Write(string path, ReadOnlySpan<byte> bytes) => Place(path, bytes, (file, all) => RandomAccess.Write(file, all, 0), overwrite: true);

    /// <summary>The same for what is too large to be held twice.</summary>
    public static void Write(string path, Action<Stream> write) => Place(path, write, (file, all) =>
    {
        using var stream = new FileStream(file, FileAccess.Write, bufferSize: 0);
        all(stream);
    }, overwrite: true);

    /// <summary>Writes a file that must not be there; false if it is. The file system decides who was first.</summary>
    public static bool TryCreate(string path, ReadOnlySpan<byte> bytes) => Place(path, bytes, (file, all) => RandomAccess.Write(file, all, 0), overwrite: false);

    /// <summary>All of a file, or null where there is none or it is larger than it may be.</summary>
    public static byte[]? Read(string path, long most)
    {
        try
        {
            using var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
            var length = RandomAccess.GetLength(file);
            if (length > most) return null;
            var bytes = new byte[length];
            var done = 0;
            while (done < bytes.Length)
            {
                var read = RandomAccess.Read(file, bytes.AsSpan(done), done);
                if (read == 0) return null;
                done += read;
            }
            return bytes;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>A file to be read from its beginning, or null where there is none.</summary>
    public static Stream? Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Deletes a file; that it is gone already, or in somebody's hands, is no matter.</summary>
    public static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (IOException)
        {
        }
    }

    // Nearly always the folder is there: to ask costs as much as to write.
    private static SafeFileHandle Create(string path, string folder)
    {
        try
        {
            return File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
        }
        catch (DirectoryNotFoundException)
        {
            Directory.CreateDirectory(folder);
            return File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
        }
    }

    private static bool Place<T>(string path, T content, Action<SafeFileHandle, T> write, bool overwrite)
        where T : allows ref struct
    {
        var folder = Path.GetDirectoryName(path)!;
        var beside = $"{path}.{Guid.NewGuid():N}.new";
        try
        {
            using (var file = Create(beside, folder)) write(file, content);
            if (overwrite) File.Move(beside, path, overwrite: true);
            else if (!HardLink.TryMove(beside, path)) return false;
            return true;
        }
        catch (Exception error)
        {
            Delete(beside);
            if (DiskErrors.Explain(error, folder) is { } line) throw line;
            throw;
        }
    }
}
