using System.Diagnostics;
using System.Globalization;

namespace DistributedMatting.Workstation.Memory;

/// <summary>What the whole process holds of the machine's memory, native code included.</summary>
public static class ProcessMemory
{
    /// <summary>Most bytes the process ever held: VmHWM of Linux, elsewhere the peak working set.</summary>
    public static long PeakBytes => FromStatus("VmHWM:") ?? Ask(p => p.PeakWorkingSet64);

    /// <summary>Bytes the process holds now.</summary>
    public static long Bytes => FromStatus("VmRSS:") ?? Ask(p => p.WorkingSet64);

    private static long Ask(Func<Process, long> question)
    {
        using var process = Process.GetCurrentProcess();
        return question(process);
    }

    private static long? FromStatus(string name)
    {
        const string status = "/proc/self/status";
        if (!File.Exists(status)) return null;
        foreach (var line in File.ReadLines(status))
        {
            if (!line.StartsWith(name, StringComparison.Ordinal)) continue;
            var number = line.AsSpan(name.Length).Trim();
            number = number[..number.IndexOf(' ')];
            return long.Parse(number, CultureInfo.InvariantCulture) << 10;
        }
        return null;
    }
}
