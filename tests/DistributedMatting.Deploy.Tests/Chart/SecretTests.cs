using System.Net.Sockets;
using System.Text.Json.Nodes;
using DistributedMatting.Deploy.Tests.Support;

namespace DistributedMatting.Deploy.Tests.Chart;

/// <summary>Passwords stay in files: arguments and variables of a container are shown to whoever lists processes.</summary>
public sealed class SecretTests
{
    [Theory, InlineData("scale-to-zero", "farm-redis-password"), InlineData("external-redis", "farm-redis")]
    public void Redis_password_is_a_file(string set, string secret)
    {
        var knows = Rendered.Pods(set).Where(pod => pod.Template.ToJsonString().Contains($"\"{secret}\"", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(knows);
        foreach (var (owner, pod) in knows)
        {
            Assert.Contains(pod["spec"]!["volumes"]!.AsArray(), volume => (string?)volume!["secret"]?["secretName"] == secret);
            var container = pod["spec"]!["containers"]![0]!;
            Assert.True(container["env"]?.ToJsonString().Contains(secret, StringComparison.Ordinal) != true, $"{owner}: a variable");
            Assert.DoesNotContain(container["args"]!.AsArray(), word => ((string)word!).Contains("$(MATTING_REDIS)", StringComparison.Ordinal) || ((string)word!).Contains("AUTH", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Redis_starts_with_any_password()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/redis-server"), "redis-server is not installed");
        const string Password = """a, "b\ c'd$e""";
        var container = Assert.Single(Rendered.Objects("scale-to-zero", "StatefulSet"))["spec"]!["template"]!["spec"]!["containers"]![0]!;
        using var scratch = new Scratch();
        scratch.Write("password", Password + "\n");
        var socket = Path.Combine(scratch.Folder, "redis.sock");
        using var redis = new Child("/bin/sh", [.. Of(container["command"]!).Skip(1), .. Of(container["args"]!), "--port", "0", "--unixsocket", socket]);
        var until = DateTime.UtcNow + TimeSpan.FromMinutes(1);
        while (!Reaches(socket))
        {
            Assert.True(DateTime.UtcNow < until && !redis.HasFailed, $"Redis did not come up: {redis.LastWords}");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        var probe = Of(container["readinessProbe"]!["exec"]!["command"]!);
        Assert.Equal("PONG", Words.Of(null, "/bin/sh", [.. probe.Skip(1).SkipLast(1), $"{probe[^1].Replace("-e ping", $"-s {socket} -e ping", StringComparison.Ordinal)}"]).Output.Trim());
        Assert.Contains("NOAUTH", Words.Of(null, "redis-cli", "-s", socket, "ping").Output, StringComparison.Ordinal);
        var listed = File.ReadAllText($"/proc/{redis.Id}/cmdline") + File.ReadAllText($"/proc/{redis.Id}/environ");
        Assert.DoesNotContain(Password, listed, StringComparison.Ordinal);

        string[] Of(JsonNode words) => [.. words.AsArray().Select(word => ((string)word!)
            .Replace("/run/secrets/redis", scratch.Folder, StringComparison.Ordinal).Replace("/run/redis", scratch.Folder, StringComparison.Ordinal).Replace("/data", scratch.Folder, StringComparison.Ordinal))];
    }

    private static bool Reaches(string socket)
    {
        try
        {
            using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            client.Connect(new UnixDomainSocketEndPoint(socket));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
