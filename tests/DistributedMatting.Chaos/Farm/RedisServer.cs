using System.Globalization;
using System.Net.Sockets;

namespace DistributedMatting.Chaos.Farm;

/// <summary>A real redis-server of our own, that writes down what it is told before it answers.</summary>
public sealed class RedisServer(string folder) : IDisposable
{
    private ChildProcess? _process;

    public int Port { get; } = Ports.Free();

    public string Connection => $"127.0.0.1:{Port.ToString(CultureInfo.InvariantCulture)}";

    public static bool IsInstalled => File.Exists("/usr/bin/redis-server");

    public async Task StartAsync()
    {
        Directory.CreateDirectory(folder);
        _process = ChildProcess.Start(
            "/usr/bin/redis-server", "--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", folder,
            "--appendonly", "yes", "--appendfsync", "always", "--save", "");
        await Wait.UntilAsync("redis-server answers", TimeSpan.FromSeconds(20), AnswersAsync);
    }

    public void Kill() => _process!.Kill();

    public void Dispose() => _process?.Dispose();

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", Port);
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
