using System.Diagnostics;

namespace DistributedMatting.Web.Load;

/// <summary>A process of this program that does one part of a run. It says lines, and ends when its standard input does.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _part;

    private ChildProcess(Process process, string part) => (_process, _part) = (process, part);

    /// <summary>What it has computed so far, on all cores.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static ChildProcess Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ChildProcess).Assembly.Location, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        return new ChildProcess(Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start"), arguments[0]);
    }

    /// <summary>The next line that it says; null when it has said all.</summary>
    public Task<string?> ReadAsync() => _process.StandardOutput.ReadLineAsync();

    /// <summary>The next line that it says.</summary>
    public async Task<string> HearAsync() => await ReadAsync() ?? throw new InvalidOperationException($"the process '{_part}' ended before its time");

    /// <summary>Tells it to begin.</summary>
    public void Begin() => _process.StandardInput.WriteLine();

    /// <summary>Tells it to end.</summary>
    public void End() => _process.StandardInput.Close();

    public async ValueTask DisposeAsync()
    {
        End();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
