using System.Globalization;
using DistributedMatting.Core.Jobs.Service.Results;

namespace DistributedMatting.Workstation.Results;

/// <summary>What happened to a job, a line each: the time in UTC, a tab, the text. Only the last lines are kept.</summary>
internal static class JobLogFile
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private const int MostText = 2000;

    // Some 15 lines an attempt: this is cut back after hundreds of attempts only.
    private const long MostBytes = 256 << 10;

    /// <summary>Adds a line. One thread at a time for a file. A full disk costs the line, never the job.</summary>
    public static void Add(string path, DateTimeOffset time, string text)
    {
        try
        {
            if (text.Length > MostText) text = text[..MostText] + "…";
            var line = time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture) + "\t" + text.ReplaceLineEndings(" ").Replace('\t', ' ') + "\n";
            File.AppendAllText(path, line);
            if (new FileInfo(path).Length > MostBytes) CutBack(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }

    public static JobLog Read(string path)
    {
        if (!File.Exists(path)) return new JobLog([]);
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        var lines = reader.ReadToEnd().Split('\n').Select(Parse).OfType<JobLogLine>().TakeLast(JobLog.MaxLines);
        return new JobLog([.. lines]);
    }

    private static void CutBack(string path)
    {
        var last = File.ReadLines(path).TakeLast(JobLog.MaxLines / 2).ToArray();
        File.WriteAllLines(path + ".new", last);
        File.Move(path + ".new", path, overwrite: true);
    }

    // A process that was killed may have left half a line.
    private static JobLogLine? Parse(string line)
    {
        var tab = line.IndexOf('\t', StringComparison.Ordinal);
        return tab > 0 && DateTimeOffset.TryParseExact(line[..tab], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? new JobLogLine(time, line[(tab + 1)..])
            : null;
    }
}
