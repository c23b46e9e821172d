using System.Text.Json.Nodes;

namespace DistributedMatting.Cli.Tests;

public sealed class KeysTests
{
    [Fact]
    public async Task A_key_is_printed_once_and_never_again()
    {
        using var place = new Workplace();
        var file = place.At("keys.json");
        var added = await Matting.RunAsync("keys", "add", "anna", "--role", "viewer", "--project", "dune", "--keys", file);
        Assert.True(added.ExitCode == 0, added.ToString());
        var key = added.Output.Trim();
        Assert.StartsWith("matting_", key, StringComparison.Ordinal);

        var listed = await Matting.RunAsync("keys", "list", "--json", "--keys", file);
        var entry = JsonNode.Parse(listed.Output)!["keys"]![0]!;
        Assert.Equal(("anna", "viewer", "dune"), ((string)entry["name"]!, (string)entry["role"]!, (string)entry["projects"]![0]!));
        Assert.DoesNotContain(key, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("already", await Matting.RefusesAsync("keys", "add", "anna", "--keys", file), StringComparison.Ordinal);

        Assert.Equal(0, (await Matting.RunAsync("keys", "remove", "anna", "--keys", file)).ExitCode);
        Assert.Equal("no keys", (await Matting.RunAsync("keys", "list", "--keys", file)).Output.Trim());
        Assert.Contains("matting keys add --help", await Matting.RefusesAsync("keys", "add", "bert"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mistyped_file_is_no_file_without_keys()
    {
        using var place = new Workplace();
        var missing = place.At("nowhere/keys.json");
        Assert.Contains("folder is not there", await Matting.RefusesAsync("keys", "add", "anna", "--keys", missing), StringComparison.Ordinal);
        Assert.Contains(missing + " is not there", await Matting.RefusesAsync("keys", "list", "--keys", missing), StringComparison.Ordinal);
        Assert.Contains(missing + " is not there", await Matting.RefusesAsync("keys", "remove", "anna", "--keys", missing), StringComparison.Ordinal);
        Assert.Contains("is a folder", await Matting.RefusesAsync("keys", "add", "anna", "--keys", place.Folder), StringComparison.Ordinal);
        Assert.Empty(place.Left());
        Assert.False(File.Exists(place.Folder + ".new"));
    }

    [Fact]
    public async Task Serve_does_not_open_itself_without_keys()
    {
        using var place = new Workplace();
        string[] serve = ["serve", "--listen", "0.0.0.0:0", "--root", place.Folder, "--data", place.At("data"), "--model", Workplace.Model];
        Assert.Contains("there are no API keys", await Matting.RefusesAsync(serve), StringComparison.Ordinal);
        Assert.Contains(place.At("keys.json") + " is not there", await Matting.RefusesAsync([.. serve, "--keys", place.At("keys.json")]), StringComparison.Ordinal);
        Assert.Contains("--proxy-header", await Matting.RefusesAsync([.. serve, "--proxy-from", "10.0.0.1"]), StringComparison.Ordinal);
        Assert.Contains("--quota", await Matting.RefusesAsync([.. serve, "--quota", "dune=many"]), StringComparison.Ordinal);
    }
}
