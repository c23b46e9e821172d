using System.Diagnostics;

namespace DistributedMatting.Web.Load;

/// <summary>The service in a process of its own.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, Uri address, string folder) => (_process, Address, Folder) = (process, address, folder);

    public Uri Address { get; }

    public string Folder { get; }

    public static async Task<ServerProcess> StartAsync(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ServerProcess).Assembly.Location, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start");
        var said = (await process.StandardOutput.ReadLineAsync())?.Split(' ', 2) ?? throw new InvalidOperationException("the service did not start");
        return new ServerProcess(process, new Uri(said[0]), said[1]);
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
