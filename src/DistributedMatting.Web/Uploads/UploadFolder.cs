using System.Text.Json;
using DistributedMatting.Core;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Storage;

namespace DistributedMatting.Web.Uploads;

/// <summary>
/// Uploads on disk: <c>ID/upload.json</c> says what is to come, <c>ID/data.part</c> grows until all is there and is then
/// renamed to <c>ID/data</c>. An alpha without a place of its own lies beside. How far an upload is, is its file's length:
/// nothing else can be wrong about it after a kill.
/// </summary>
internal sealed class UploadFolder
{
    private const string AboutName = "upload.json";
    private const string PartName = "data.part";
    private const string DataName = "data";

    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, RecurseSubdirectories = true };

    /// <exception cref="InvalidInputException">It cannot be made.</exception>
    public UploadFolder(string folder)
    {
        try
        {
            Root = Access.RealPath.Of(Directory.CreateDirectory(folder).FullName);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw DiskErrors.Refused(error, $"the uploads' folder {folder} cannot be made");
        }
    }

    public string Root { get; }

    /// <summary>Names of all folders, those cut short included.</summary>
    public IEnumerable<string> Ids => Directory.EnumerateDirectories(Root).Select(path => Path.GetFileName(path)!).Where(UploadId.IsOne);

    public string PathOf(string id) => Path.Combine(Root, id);

    public string DataOf(string id) => Path.Combine(Root, id, DataName);

    public Upload? Read(string id)
    {
        try
        {
            return JsonSerializer.Deserialize<Upload>(File.ReadAllBytes(Path.Combine(Root, id, AboutName)), JobJson.Options);
        }
        catch (Exception error) when (error is JsonException or FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public void Write(string id, Upload upload)
    {
        Directory.CreateDirectory(PathOf(id));
        var about = Path.Combine(Root, id, AboutName);
        File.WriteAllBytes(about + ".new", JsonSerializer.SerializeToUtf8Bytes(upload, JobJson.Options));
        File.Move(about + ".new", about, overwrite: true);
    }

    /// <summary>Bytes that have come.</summary>
    public long Offset(string id)
    {
        var data = new FileInfo(DataOf(id));
        if (data.Exists) return data.Length;
        var part = new FileInfo(Path.Combine(Root, id, PartName));
        return part.Exists ? part.Length : 0;
    }

    public bool IsWhole(string id) => File.Exists(DataOf(id));

    public FileStream OpenPart(string id) => new(
        Path.Combine(Root, id, PartName), FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous);

    public void Complete(string id) => File.Move(Path.Combine(Root, id, PartName), DataOf(id));

    /// <summary>When anything of it was last written, UTC.</summary>
    public DateTimeOffset LastWritten(string id)
    {
        var folder = new DirectoryInfo(PathOf(id));
        return folder.EnumerateFileSystemInfos("*", Everything).Prepend(folder).Max(entry => entry.LastWriteTimeUtc);
    }

    /// <summary>Deletes an alpha that lies beside an upload, its provenance, and what a killed process left of both.</summary>
    public void DeleteAlpha(string id, string alpha)
    {
        if (Path.GetDirectoryName(alpha) != PathOf(id)) return;
        foreach (var file in Directory.GetFiles(PathOf(id), $"{Path.GetFileName(alpha)}*")) File.Delete(file);
    }

    /// <summary>What it is goes first: killed after that, the rest is swept away as cut short.</summary>
    public void Delete(string id)
    {
        if (!Directory.Exists(PathOf(id))) return;
        File.Delete(Path.Combine(Root, id, AboutName));
        Directory.Delete(PathOf(id), recursive: true);
    }
}
