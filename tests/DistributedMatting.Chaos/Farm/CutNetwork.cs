using System.Globalization;

namespace DistributedMatting.Chaos.Farm;

/// <summary>
/// Two network namespaces and one cable between them: this process's, and one for a silo that can be cut off. This process
/// must be in a namespace of its own (see <see cref="Prefix"/>), so the machine's network is never touched.
/// </summary>
public sealed class CutNetwork : IDisposable
{
    private const string Cable = "matting0";
    private const string Mark = "MATTING_CHAOS_NETWORK";

    private readonly string _name = string.Create(CultureInfo.InvariantCulture, $"matting-chaos-{Environment.ProcessId}");

    /// <summary>Why no network can be made here; null if one can.</summary>
    public static string? Obstacle
    {
        get
        {
            if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess) return "cutting a network needs Linux and root";
            if (!File.Exists("/usr/sbin/ip") && !File.Exists("/sbin/ip")) return "cutting a network needs the program ip (Debian: apt-get install iproute2)";
            using var trial = ChildProcess.Start("unshare", "--net", "ip", "link", "add", Cable, "type", "veth");
            trial.EndAsync(TimeSpan.FromSeconds(20)).GetAwaiter().GetResult();
            return trial.ExitCode == 0 ? null : $"this machine gives no network namespace: {trial.Said}";
        }
    }

    /// <summary>What a program is started with to be in a namespace of its own.</summary>
    public static string[] Prefix => ["unshare", "--net", "env", $"{Mark}=own"];

    /// <summary>The address on this side.</summary>
    public const string Near = "10.77.0.1";

    /// <summary>The address of the silo that can be cut off.</summary>
    public const string Far = "10.77.0.2";

    /// <summary>What that silo is started with.</summary>
    public string[] FarAway => ["ip", "netns", "exec", _name];

    /// <summary>Lays the cable.</summary>
    public static async Task<CutNetwork> CreateAsync()
    {
        if (Environment.GetEnvironmentVariable(Mark) != "own") throw new InvalidOperationException("This process is not in a network namespace of its own.");
        var network = new CutNetwork();
        await RunAsync("link", "set", "lo", "up");
        await RunAsync("netns", "add", network._name);
        await RunAsync("link", "add", Cable, "type", "veth", "peer", "name", "matting1", "netns", network._name);
        await RunAsync("addr", "add", $"{Near}/24", "dev", Cable);
        await RunAsync("link", "set", Cable, "up");
        await RunAsync("-n", network._name, "link", "set", "lo", "up");
        await RunAsync("-n", network._name, "addr", "add", $"{Far}/24", "dev", "matting1");
        await RunAsync("-n", network._name, "link", "set", "matting1", "up");
        return network;
    }

    /// <summary>Pulls the cable out; nothing is told to either side, packets are lost.</summary>
    public Task CutAsync() => RunAsync("-n", _name, "link", "set", "matting1", "down");

    /// <summary>Puts it in again.</summary>
    public Task MendAsync() => RunAsync("-n", _name, "link", "set", "matting1", "up");

    public void Dispose() => RunAsync("netns", "delete", _name).GetAwaiter().GetResult();

    private static async Task RunAsync(params string[] words)
    {
        using var ip = ChildProcess.Start("ip", words);
        await ip.EndAsync(TimeSpan.FromSeconds(20));
        if (ip.ExitCode != 0) throw new InvalidOperationException($"ip {string.Join(' ', words)}: {ip.Said}");
    }
}
