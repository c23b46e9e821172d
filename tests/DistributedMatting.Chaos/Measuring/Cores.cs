using System.Diagnostics;
using System.Globalization;

namespace DistributedMatting.Chaos.Measuring;

/// <summary>The cores of a process on this machine.</summary>
internal static class Cores
{
    /// <summary>Lets all threads of a process, and those that they begin, run on the first so many cores alone.</summary>
    public static void Give(int process, int count)
    {
        using var taskset = Process.Start(new ProcessStartInfo("taskset", ["-a", "-c", "-p", $"0-{Math.Min(count, Environment.ProcessorCount) - 1}", process.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true })!;
        taskset.StandardOutput.ReadToEnd();
        taskset.WaitForExit();
        if (taskset.ExitCode != 0) throw new InvalidOperationException($"taskset ended with {taskset.ExitCode}");
    }

    /// <summary>Processor time that a process has taken so far, of all its threads.</summary>
    public static double Seconds(int process)
    {
        using var known = Process.GetProcessById(process);
        return known.TotalProcessorTime.TotalSeconds;
    }
}
