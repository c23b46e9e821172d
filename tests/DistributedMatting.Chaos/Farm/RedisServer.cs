using System.Globalization;
using System.Net.Sockets;

namespace DistributedMatting.Chaos.Farm;

/// <summary>A real redis-server of our own, that writes down what it is told before it answers.</summary>
public sealed class RedisServer(string folder, string address = "127.0.0.1") : IDisposable
{
    private ChildProcess? _process;

    public int Port { get; } = Ports.Free();

    public string Connection => $"{address}:{Port.ToString(CultureInfo.InvariantCulture)}";

    public static bool IsInstalled => File.Exists("/usr/bin/redis-server");

    public async Task StartAsync()
    {
        Directory.CreateDirectory(folder);
        _process = ChildProcess.Start(
            "/usr/bin/redis-server", "--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", address, "--protected-mode", "no", "--dir", folder,
            "--appendonly", "yes", "--appendfsync", "always", "--save", "");
        await Wait.UntilAsync("redis-server answers", TimeSpan.FromSeconds(20), AnswersAsync);
    }

    public void Kill() => _process!.Kill();

    /// <summary>Sends a signal by its name: STOP, CONT.</summary>
    public void Signal(string name) => _process!.Signal(name);

    /// <summary>Dies, and its disk with it.</summary>
    public void Forget()
    {
        Kill();
        Directory.Delete(folder, recursive: true);
    }

    public void Dispose() => _process?.Dispose();

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(address, Port);
            var stream = client.GetStream();
            await stream.WriteAsync("PING\r\n"u8.ToArray());
            var answer = new byte[7];
            await stream.ReadExactlyAsync(answer);
            return answer.AsSpan().StartsWith("+PONG"u8);
        }
        catch (Exception error) when (error is SocketException or IOException)
        {
            return false;
        }
    }
}
