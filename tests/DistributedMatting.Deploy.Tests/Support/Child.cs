using System.Collections.Concurrent;
using System.Diagnostics;

namespace DistributedMatting.Deploy.Tests.Support;

/// <summary>A program that goes on until it is told to end.</summary>
internal sealed class Child : IDisposable
{
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly Process _process;
    private bool _wasAsked;

    /// <param name="program">Its file.</param>
    /// <param name="arguments">One each.</param>
    public Child(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => _lines.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => _lines.Enqueue(line.Data ?? "");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    /// <summary>What it has said last, for messages.</summary>
    public string LastWords => string.Join('\n', _lines.TakeLast(20));

    /// <summary>Whether it has ended, and nobody asked it to.</summary>
    public bool HasFailed => _process.HasExited && !_wasAsked;

    /// <summary>Asks it to end, as a container engine does.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> TerminateAsync(CancellationToken cancellation)
    {
        _wasAsked = true;
        Words.Of(null, "/bin/kill", "-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await _process.WaitForExitAsync(cancellation);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }
}
