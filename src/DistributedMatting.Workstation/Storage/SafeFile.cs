using System.Text.Json;
using DistributedMatting.Core.Jobs;

namespace DistributedMatting.Workstation.Storage;

/// <summary>Small files that are whole or not there: written beside, then renamed.</summary>
internal static class SafeFile
{
    private const string Beside = ".new";

    /// <summary>The file itself, and what a write that was cut short leaves.</summary>
    public static IEnumerable<string> NamesOf(string file) => [file, file + Beside];

    public static void WriteJson<T>(string path, T value)
    {
        var beside = path + Beside;
        using (var file = File.Create(beside)) JsonSerializer.Serialize(file, value, JobJson.Options);
        File.Move(beside, path, overwrite: true);
    }

    /// <summary>The value, or null where there is no such file or it is not readable as one.</summary>
    public static T? ReadJson<T>(string path) where T : class
    {
        const long sane = 1 << 20;
        try
        {
            if (!File.Exists(path) || new FileInfo(path).Length > sane) return null;
            return JsonSerializer.Deserialize<T>(File.ReadAllBytes(path), JobJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
