using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DistributedMatting.Chaos.Farm;
using DistributedMatting.Core.Plates;
using DistributedMatting.Deploy.Tests.Support;
using DistributedMatting.Workstation.Testing;

namespace DistributedMatting.Deploy.Tests.Samples;

/// <summary>
/// compose.yaml without a container engine: its services as processes, with its words. What differs is where the shared
/// folder lies, the ports, which must be free, and how long a silo may be silent: tests run on machines that are busy.
/// </summary>
public sealed partial class ComposeTests : IDisposable
{
    private const string Silence = "--dead-after=120";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("matting-compose-");
    private readonly Dictionary<string, string> _ports = [];
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(20) };
    private readonly List<Child> _children = [];

    [Fact]
    public async Task Two_silos_and_Redis_matte_a_plate_and_one_of_them_may_go()
    {
        var silo = Repository.Built("DistributedMatting.Silo", "matting-silo");
        Assert.SkipUnless(File.Exists("/usr/bin/redis-server"), "redis-server is not installed");
        var services = Compose()["services"]!;
        var plates = _folder.CreateSubdirectory("farm").CreateSubdirectory("plates").FullName;
        PictureFiles.WriteRamp(Path.Combine(plates, "plate.png"), new PixelSize(400, 360));
        PictureFiles.WriteGrey(Path.Combine(plates, "trimap.png"), new PixelSize(400, 360), (x, _) => x < 150 ? 0 : x > 250 ? 1 : 0.5f, 8);

        Start("/usr/bin/redis-server", Command(services["redis"]!).Skip(1));
        await UntilAsync("Redis answers", () => Task.FromResult(Reaches(int.Parse(_ports["7379"], System.Globalization.CultureInfo.InvariantCulture))));
        var one = Start("dotnet", ["exec", silo, .. Command(services["silo-1"]!), Silence]);
        Start("dotnet", ["exec", silo, .. Command(services["silo-2"]!), Silence]);
        var (first, second) = (Api("7700"), Api("7701"));
        await UntilAsync("both silos are ready", async () => await IsAsync(first, "/health/ready") && await IsAsync(second, "/health/ready"));

        var job = await SubmitAsync(first, plates, "one");
        await UntilAsync("the second silo tells of the first one's job", async () => await StateAsync(second, job) == "succeeded");
        Assert.True(File.Exists(Path.Combine(plates, "one.png")));

        await TheDashboardsMetricsAreThereAsync(first, second);

        // With a plate at work, or about to be.
        var next = await SubmitAsync(first, plates, "two");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        Assert.Equal(0, await one.TerminateAsync(limit.Token));
        await UntilAsync("the second silo mattes alone", async () => await StateAsync(second, next) == "succeeded");
        Assert.Equal(File.ReadAllBytes(Path.Combine(plates, "one.png")), File.ReadAllBytes(Path.Combine(plates, "two.png")));
    }

    [Fact]
    public void The_words_are_for_the_same_farm_and_stay_on_this_machine()
    {
        var services = Compose()["services"]!;
        string[] silos = ["silo-1", "silo-2"];
        foreach (var name in silos)
        {
            var words = services[name]!["command"]!.AsArray().Select(word => (string)word!).ToList();
            Assert.Contains(words, word => word.StartsWith("--listen=127.0.0.1:", StringComparison.Ordinal));
            Assert.Contains("--redis=127.0.0.1:7379", words);
            Assert.True((bool)services[name]!["read_only"]!);
            Assert.Equal("90s", (string)services[name]!["stop_grace_period"]!);
            Assert.Equal("service_healthy", (string)services[name]!["depends_on"]!["redis"]!["condition"]!);
            Assert.True(File.Exists(Path.Combine(Repository.At("deploy"), (string)services[name]!["build"]!["context"]!, (string)services[name]!["build"]!["dockerfile"]!)));
        }

        Assert.Contains("yes", services["redis"]!["command"]!.AsArray().Select(word => (string)word!).SkipWhile(word => word != "--appendonly"));
    }

    public void Dispose()
    {
        foreach (var child in _children) child.Dispose();
        _client.Dispose();
        _folder.Delete(recursive: true);
    }

    private static JsonNode Compose()
    {
        var file = Repository.At("deploy", "compose.yaml");
        return ChartTools.Objects(file)[file]!["objects"]![0]!;
    }

    private Child Start(string program, IEnumerable<string> words)
    {
        _children.Add(new Child(program, words));
        return _children[^1];
    }

    // The same words, with ports that are free and the folders of this test.
    private string[] Command(JsonNode service) =>
    [
        .. service["command"]!.AsArray().Select(word => Moved((string)word!)
            .Replace("/farm", Path.Combine(_folder.FullName, "farm"), StringComparison.Ordinal)
            .Replace("/app/weights/", Repository.At("models", "weights") + "/", StringComparison.Ordinal)
            .Replace("/data", _folder.CreateSubdirectory("redis").FullName, StringComparison.Ordinal)),
    ];

    private string Moved(string word)
    {
        foreach (var port in (string[])["7379", "7700", "7701", "11111", "11112", "30000", "30001"])
        {
            if (!_ports.ContainsKey(port)) _ports[port] = Ports.Free().ToString(System.Globalization.CultureInfo.InvariantCulture);
            if (word == port || word.EndsWith("=" + port, StringComparison.Ordinal) || word.EndsWith(":" + port, StringComparison.Ordinal))
                return word[..^port.Length] + _ports[port];
        }

        return word;
    }

    private Uri Api(string port) => new($"http://127.0.0.1:{_ports[port]}");

    private async Task<string> SubmitAsync(Uri api, string plates, string name)
    {
        var submission = new { plate = $"{plates}/plate.png", trimap = $"{plates}/trimap.png", alpha = $"{plates}/{name}.png", depth = 8, name };
        using var answer = await _client.PostAsJsonAsync(new Uri(api, "/api/v1/jobs"), submission, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, text);
        return (string)JsonNode.Parse(text)!["id"]!;
    }

    // Of silos, not of a workstation: what one has not done yet, the other tells.
    private async Task TheDashboardsMetricsAreThereAsync(params Uri[] silos)
    {
        var pages = await Task.WhenAll(silos.Select(silo => _client.GetStringAsync(new Uri(silo, "/metrics"), TestContext.Current.CancellationToken)));
        var asked = MetricName().Matches(File.ReadAllText(Path.Combine(Repository.Chart, "dashboards", "farm.json"))).Select(match => match.Value).Distinct();
        Assert.All(asked, name => Assert.True(pages.Any(page => page.Contains($"\n{name}{{", StringComparison.Ordinal)), $"no silo's /metrics has {name}"));
    }

    private async Task<string?> StateAsync(Uri api, string job)
    {
        var status = JsonNode.Parse(await _client.GetStringAsync(new Uri(api, $"/api/v1/jobs/{job}"), TestContext.Current.CancellationToken))!;
        Assert.True((string?)status["state"] != "failed", (string?)status["error"]);
        return (string?)status["state"];
    }

    private async Task<bool> IsAsync(Uri api, string path)
    {
        using var answer = await _client.GetAsync(new Uri(api, path), TestContext.Current.CancellationToken);
        return answer.IsSuccessStatusCode;
    }

    private static bool Reaches(int port)
    {
        using var socket = new TcpClient();
        socket.Connect(IPAddress.Loopback, port);
        return true;
    }

    private async Task UntilAsync(string what, Func<Task<bool>> isSo)
    {
        var until = DateTime.UtcNow + Patience;
        for (var why = ""; ;)
        {
            try
            {
                if (await isSo()) return;
            }
            catch (Exception error) when (error is HttpRequestException or SocketException or TaskCanceledException { InnerException: TimeoutException })
            {
                why = error.Message;
            }

            Assert.True(DateTime.UtcNow < until && !_children.Any(child => child.HasFailed),
                $"it never came that {what}; {why}\n{string.Join("\n---\n", _children.Select(child => child.LastWords))}");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    [GeneratedRegex(@"\bmatting_[a-z_]+")]
    private static partial Regex MetricName();
}
