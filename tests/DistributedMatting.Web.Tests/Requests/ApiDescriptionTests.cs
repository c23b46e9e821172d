using System.Text.Json.Nodes;

namespace DistributedMatting.Web.Tests.Requests;

public sealed class ApiDescriptionTests
{
    [Fact]
    public async Task UnknownVersion_IsARefusalAsEveryOther()
    {
        await using var web = await WebHarness.StartAsync();
        using var response = await web.Client.GetAsync(new Uri("/openapi/v2.json", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal((System.Net.HttpStatusCode.NotFound, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task Every_address_says_how_it_refuses()
    {
        var paths = await PathsAsync();
        foreach (var (path, methods) in paths.Where(path => path.Key.StartsWith("/api/", StringComparison.Ordinal)))
        {
            foreach (var (method, operation) in methods!.AsObject())
            {
                var answers = operation!["responses"]!.AsObject();
                var expected = new List<string> { "400", "401", "403", "429" };
                if (path.Contains("{id}", StringComparison.Ordinal)) expected.Add("404");
                if (path.Contains("{id}", StringComparison.Ordinal) && method != "get") expected.Add("409");
                if (operation["requestBody"] is not null) expected.AddRange(["413", "415"]);
                foreach (var status in expected)
                {
                    var content = answers[status]?["content"]?["application/problem+json"];
                    Assert.True(content?["schema"] is not null, $"{method} {path} does not describe {status}: {answers}");
                }
            }
        }
    }

    [Theory]
    [InlineData("alpha", "image/tiff")]
    [InlineData("provenance", "application/json")]
    public async Task Files_are_described_with_their_ranges(string what, string type)
    {
        var answers = (await PathsAsync())[$"/api/v1/jobs/{{id}}/{what}"]!["get"]!["responses"]!;
        Assert.NotNull(answers["200"]!["content"]![type]);
        Assert.NotNull(answers["206"]!["content"]![type]);
        Assert.NotNull(answers["304"]);
        Assert.NotNull(answers["416"]!["content"]!["application/problem+json"]);
    }

    [Fact]
    public async Task Names_of_query_parameters_are_small()
    {
        foreach (var (path, methods) in await PathsAsync())
            foreach (var parameter in methods!.AsObject().SelectMany(method => method.Value!["parameters"]?.AsArray() ?? []))
                Assert.True(((string)parameter!["name"]!).All(c => !char.IsAsciiLetterUpper(c)), $"{path}: {parameter["name"]}");
    }

    private static async Task<JsonObject> PathsAsync()
    {
        await using var web = await WebHarness.StartAsync((options, folder) => options with { Uploads = new() { Folder = Path.Combine(folder, "uploads") } });
        return (await web.SendAsync(HttpMethod.Get, "/openapi/v1.json")).Body!["paths"]!.AsObject();
    }
}
