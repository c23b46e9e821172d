using System.Diagnostics;

namespace DistributedMatting.Chaos.Farm;

/// <summary>A process of the farm, with what it said.</summary>
public sealed class ChildProcess : IDisposable
{
    private readonly Process _process;
    private readonly List<string> _said = [];

    private ChildProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>All lines so far.</summary>
    public string Said
    {
        get
        {
            lock (_said) return string.Join('\n', _said);
        }
    }

    public static ChildProcess Start(string program, params string[] arguments)
    {
        var process = new Process { StartInfo = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true } };
        var child = new ChildProcess(process);
        process.OutputDataReceived += child.Hear;
        process.ErrorDataReceived += child.Hear;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return child;
    }

    public void Kill()
    {
        if (!HasEnded) _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
    }

    /// <summary>Sends a signal by its name: STOP, CONT, TERM.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits until it has ended, and all that it said is heard.</summary>
    /// <exception cref="TimeoutException">It has not ended. Says what it said.</exception>
    public async Task EndAsync(TimeSpan within)
    {
        using var limit = new CancellationTokenSource(within);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"process {Id} has not ended within {within}; it said: {Said}");
        }
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    private void Hear(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null) return;
        lock (_said) _said.Add(line.Data);
    }
}
