using System.Net;

namespace DistributedMatting.Web.Tests.Requests;

/// <summary>What cannot be read is refused by the name of the field.</summary>
public sealed class UnreadableTests
{
    [Theory]
    [InlineData("""{ "plate": 7, "alpha": "/a.tif" }""", "plate is not a text")]
    [InlineData("""{ "plate": "/a.tif", "alpha": ["/a.tif"] }""", "alpha is not a text")]
    [InlineData("""{ "plate": "/a.tif", "alpha": "/a.tif", "priority": "high" }""", "priority is not a whole number that fits")]
    [InlineData("""{ "plate": "/a.tif", "alpha": "/a.tif", "priority": 1.5 }""", "priority is not a whole number that fits")]
    [InlineData("""{ "plate": "/a.tif", "alpha": "/a.tif", "priority": 1e99 }""", "priority is not a whole number that fits")]
    [InlineData("""{ "plate": "/a.tif", "alpha": "/a.tif", "margin": "wide" }""", "margin is not a whole number that fits")]
    [InlineData("""{ "plate": "/a.tif", "alpha": "/a.tif", "replace": 1 }""", "replace is not true or false")]
    [InlineData("""{ "plate": "/a.tif", "alpha": "/a.tif", "priorty": 90 }""", "no field 'priorty'")]
    [InlineData("""{ "alpha": "/a.tif" }""", "the field plate is missing")]
    [InlineData("[]", "the body is not an object of fields")]
    [InlineData("{ \"plate\": \"/a.tif\",\n  plate }", "the body is no JSON, from line 2, byte 3 on")]
    public async Task The_field_of_a_body_is_named(string body, string words) => await RefusedAsync(HttpMethod.Post, "/api/v1/jobs", body, HttpStatusCode.BadRequest, words);

    [Theory]
    [InlineData("priority", "{}", "the field priority is missing")]
    [InlineData("priority", """{ "priority": "high" }""", "priority is not a whole number that fits")]
    [InlineData("comment", "{}", "the field comment is missing")]
    public async Task What_is_missing_is_not_taken_for_nothing(string verb, string body, string words) =>
        await RefusedAsync(HttpMethod.Post, $"/api/v1/jobs/ID/{verb}", body, HttpStatusCode.BadRequest, words);

    [Theory]
    [InlineData("/api/v1/jobs?limit=x", "limit is not a whole number that fits")]
    [InlineData("/api/v1/jobs?limit=99999999999", "limit is not a whole number that fits")]
    [InlineData("/api/v1/jobs?limt=5", "no query parameter 'limt'; it knows limit, offset, project, state, text, user")]
    [InlineData("/api/v1/jobs/ID?verbose=1", "no query parameter 'verbose'; it knows none")]
    [InlineData("/api/v1/jobs/ID/pictures/plate?x=0&y=0&width=8&height=8", "scale is missing")]
    [InlineData("/api/v1/jobs/ID/pictures/plate?x=0&y=0&width=8&height=8&scale=big", "scale is not a number")]
    [InlineData("/api/v1/jobs/ID/pictures/plate?x=0&y=0&width=8&height=8&scale=1&zoom=2", "no query parameter 'zoom'; it knows height, over, scale, width, x, y")]
    public async Task The_part_of_an_address_is_named(string path, string words) => await RefusedAsync(HttpMethod.Get, path, null, HttpStatusCode.BadRequest, words);

    [Fact]
    public async Task What_is_too_long_is_said_to_be() =>
        await RefusedAsync(HttpMethod.Post, "/api/v1/jobs", $$"""{ "plate": "{{new string('a', 5_000_000)}}" }""", HttpStatusCode.RequestEntityTooLarge, "longer than this address takes");

    [Theory]
    [InlineData("plate", "ROOT", "is a folder; name a file in it")]
    [InlineData("alpha", "ROOT/.tif", "no name before its ending .tif")]
    public async Task A_path_that_names_no_file_is_said_to_name_none(string field, string path, string words)
    {
        await using var web = await WebHarness.StartAsync();
        path = path.Replace("ROOT", web.Root, StringComparison.Ordinal);
        var paths = field == "plate" ? (path, $"{web.Root}/o.tif") : ($"{web.Root}/p.tif", path);
        var (status, problem) = await web.PostAsync("/api/v1/jobs", $$"""{ "plate": "{{paths.Item1}}", "alpha": "{{paths.Item2}}" }""");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(words, (string)problem!["detail"]!, StringComparison.Ordinal);
    }

    private static async Task RefusedAsync(HttpMethod method, string path, string? body, HttpStatusCode expected, string words)
    {
        await using var web = await WebHarness.StartAsync();
        var id = await web.SubmitAsync();
        await web.EventsAsync(id);
        var (status, problem) = await web.SendAsync(method, path.Replace("ID", id, StringComparison.Ordinal), body);
        Assert.True(status == expected, $"{status}: {problem}");
        Assert.Contains(words, (string)problem!["detail"]!, StringComparison.Ordinal);
    }
}
