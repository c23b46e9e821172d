using System.Diagnostics;
using DistributedMatting.Workstation.Testing;

namespace DistributedMatting.Workstation.Tests;

/// <summary>A real process is killed, the kernel's way, and the same command is given again.</summary>
public sealed class KillTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"matting-{Guid.NewGuid():N}");

    public void Dispose()
    {
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void KilledAtManyMoments_EndsWithTheSameBytes()
    {
        var undisturbed = Run(killAfter: null, threads: 1).Split(' ');
        var (expected, total) = (undisturbed[1], int.Parse(undisturbed[3]));
        Directory.Delete(_folder, recursive: true);

        // A line comes with every patch, so these are moments all over the run; each go begins where the last one was cut.
        var random = new Random(20261121);
        for (var kill = 0; kill < 10; kill++) Run(random.Next(1, 12 + 14 * kill), threads: 1 + kill % 3);

        var resumed = Run(killAfter: null, threads: 2).Split(' ');
        Assert.Equal(expected, resumed[1]);
        Assert.Equal(total, int.Parse(resumed[2]) + int.Parse(resumed[3]));
        Assert.True(int.Parse(resumed[2]) > 0 || int.Parse(resumed[4]) > 0, "Ten runs left nothing that could be reused.");
    }

    private string Run(int? killAfter, int threads)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(FakeNetwork).Assembly.Location, _folder, $"{threads}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var (lines, last) = (0, "");
        while (process.StandardOutput.ReadLine() is { } line)
        {
            last = line;
            if (++lines == killAfter) process.Kill();
        }
        process.WaitForExit();
        if (killAfter is null || lines < killAfter)
            Assert.True(process.ExitCode == 0 && last.StartsWith("done ", StringComparison.Ordinal), errors.GetAwaiter().GetResult());
        return last;
    }
}
