using System.Net;
using DistributedMatting.Core;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Web.Access;
using DistributedMatting.Web.Access.Keys;

namespace DistributedMatting.Web.Tests.Access;

public sealed class KeyFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("matting-keys-");

    private string Name => Path.Combine(_folder.FullName, "keys.json");

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void A_key_is_kept_as_its_hash_for_its_owner_alone()
    {
        var file = new KeyFile(Name);
        var key = file.Add("anna", Role.Submitter, ["dune"], TimeProvider.System);
        Assert.True(key.Length >= 50, key);
        Assert.DoesNotContain(key, File.ReadAllText(Name), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Name));
        Assert.Equal("anna", new KeyRing(file, TimeProvider.System).Find(key)?.Name);
        Assert.Null(new KeyRing(file, TimeProvider.System).Find(key + "x"));
        Assert.NotEqual(key, new KeyFile(Name).Add("bert", Role.Viewer, null, TimeProvider.System));
        Assert.Equal(["anna", "bert"], file.Read().Select(entry => entry.Name));
        Assert.Equal([Name], Directory.EnumerateFiles(_folder.FullName));
    }

    [Fact]
    public void Names_are_taken_once_and_removed_once()
    {
        var file = new KeyFile(Name);
        file.Add("anna", Role.Viewer, null, TimeProvider.System);
        Assert.Contains("already", Refused(() => file.Add("anna", Role.Operator, null, TimeProvider.System)), StringComparison.Ordinal);
        file.Remove("anna");
        Assert.Contains("no key named 'anna'", Refused(() => file.Remove("anna")), StringComparison.Ordinal);
        Assert.Contains("name is empty", Refused(() => file.Add(" ", Role.Viewer, null, TimeProvider.System)), StringComparison.Ordinal);
        Assert.Contains("name is empty", Refused(() => file.Add("a\nb", Role.Viewer, null, TimeProvider.System)), StringComparison.Ordinal);
        Assert.Equal([Name], Directory.EnumerateFiles(_folder.FullName));
    }

    [Fact]
    public void A_Secret_that_is_renewed_behind_its_links_is_seen()
    {
        // As Kubernetes mounts it: the file's link stays, the folder's link is changed.
        // Two files of one length may be of one moment, too.
        foreach (var (name, who) in (ReadOnlySpan<(string, string)>)[("1", "anna"), ("2", "bertram")])
            new KeyFile(Path.Combine(_folder.CreateSubdirectory(name).FullName, "keys.json")).Add(who, Role.Viewer, null, TimeProvider.System);
        var data = Path.Combine(_folder.FullName, "..data");
        Directory.CreateSymbolicLink(data, "1");
        File.CreateSymbolicLink(Name, "..data/keys.json");
        var stamp = new KeyFile(Name).Stamp();
        Assert.NotEqual(default, stamp);
        Directory.Delete(data);
        Directory.CreateSymbolicLink(data, "2");
        Assert.NotEqual(stamp, new KeyFile(Name).Stamp());
    }

    [Theory]
    [InlineData("", "mend it")]
    [InlineData("{", "near line 1")]
    [InlineData("""{ "format": 2, "keys": [] }""", "format 2")]
    [InlineData("""{ "format": 1, "keys": [ { "name": "a", "role": "king", "sha256": "x" } ] }""", "mend it")]
    [InlineData("""{ "format": 1, "keys": [ { "name": "a", "role": 7, "sha256": "x" } ] }""", "role is none of")]
    [InlineData("""{ "format": 1, "keys": [ { "name": "a", "role": "viewer", "sha256": "secret" } ] }""", "sha256 is not")]
    [InlineData("""{ "format": 1, "keys": [ { "name": "a", "role": "viewer", "sha256": "x", "admin": true } ] }""", "mend it")]
    public void A_damaged_file_is_refused(string content, string words)
    {
        File.WriteAllText(Name, content);
        Assert.Contains(words, Refused(() => new KeyFile(Name).Read()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_service_does_not_start_with_an_examples_key_or_none()
    {
        File.WriteAllText(Name, $$"""{ "format": 1, "keys": [ { "name": "demo", "role": "operator", "sha256": "{{ApiKey.Hash(ApiKey.Example)}}" } ] }""");
        Assert.Contains("example", Refused(Start), StringComparison.Ordinal);
        File.WriteAllText(Name, """{ "format": 1, "keys": [] }""");
        Assert.Contains("matting keys add", Refused(Start), StringComparison.Ordinal);
        File.Delete(Name);
        Assert.Contains("matting keys add", Refused(Start), StringComparison.Ordinal);

        void Start() => MattingWeb.Create(
            new WebOptions { Listen = new IPEndPoint(IPAddress.Any, 0), Roots = [_folder.FullName], Access = new AccessOptions { KeyFile = Name } },
            NSubstitute.Substitute.For<IMattingService>(), TimeProvider.System);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Refused(Action action) => Assert.Throws<InvalidInputException>(action).Message;
}
