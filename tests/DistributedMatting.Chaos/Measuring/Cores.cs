using System.Diagnostics;
using System.Globalization;

namespace DistributedMatting.Chaos.Measuring;

/// <summary>The cores of a process on this machine.</summary>
internal static class Cores
{
    /// <summary>Lets all threads of a process, and those that they begin, run on these cores alone.</summary>
    public static void Give(int process, int[] cores)
    {
        string[] words = ["--all-tasks", "--cpu-list", "--pid", string.Join(',', cores), process.ToString(CultureInfo.InvariantCulture)];
        using var taskset = Process.Start(new ProcessStartInfo("taskset", words) { RedirectStandardOutput = true })!;
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
