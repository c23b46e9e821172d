using System.Net;
using DistributedMatting.Web.Access.Limits;
using DistributedMatting.Workstation.Testing;

namespace DistributedMatting.Web.Tests.Access;

public sealed class LimitTests
{
    private const string Jobs = "/api/v1/jobs";

    [Fact]
    public async Task One_callers_haste_is_not_anothers()
    {
        await using var service = await Keyed.StartAsync((options, _) => options with { Limits = new LimitOptions { RequestsPerSecond = 1, RequestBurst = 5 } });
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => service.GetAsync("vic", "/api/v1/me")));
        Assert.Contains(answers, answer => answer.Status == HttpStatusCode.OK);
        var refused = answers.First(answer => answer.Status == HttpStatusCode.TooManyRequests);
        Assert.Contains("wait a little", (string)refused.Body!["detail"]!, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await service.GetAsync("ora", "/api/v1/me")).Status);
    }

    [Fact]
    public async Task As_many_at_once_as_in_five_seconds()
    {
        await using var service = await Keyed.StartAsync((options, _) => options with { Limits = new LimitOptions { RequestsPerSecond = 2 } });
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => service.GetAsync("vic", "/api/v1/me")));
        // Two more in each second that the machine takes for it.
        Assert.InRange(answers.Count(answer => answer.Status == HttpStatusCode.OK), 10, 120);
    }

    [Fact]
    public async Task Keys_are_not_guessed_quickly()
    {
        await using var service = await Keyed.StartAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 300).Select(i => service.PostAsync(null, "/api/v1/session", $$"""{ "key": "matting_{{i}}" }""")));
        Assert.Contains(answers, answer => answer.Status == HttpStatusCode.TooManyRequests);
        Assert.Equal(HttpStatusCode.OK, (await service.GetAsync("vic", "/api/v1/me")).Status);
    }

    [Fact]
    public async Task A_project_has_its_quota()
    {
        await using var service = await Keyed.StartAsync((options, _) => options with
        {
            Limits = new LimitOptions { ProjectQuota = 2, ProjectQuotas = new Dictionary<string, int> { ["shut"] = 0 } },
        });
        service.Web.Engine.Work = FakeEngine.ForEver;
        var submissions = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => service.PostAsync(
            "sue", Jobs, service.Web.Submission($"s{i}", $", \"project\": \"dune\", \"token\": \"{i}\""))));
        Assert.Equal(2, submissions.Count(answer => answer.Status == HttpStatusCode.Created));
        Assert.All(submissions.Where(answer => answer.Status != HttpStatusCode.Created), answer =>
        {
            Assert.Equal(HttpStatusCode.Conflict, answer.Status);
            Assert.Contains("which is its quota", (string)answer.Body!["detail"]!, StringComparison.Ordinal);
        });

        // What is there already may be asked for again; another project has its own places; what has ended frees one.
        var taken = Array.FindIndex(submissions, answer => answer.Status == HttpStatusCode.Created);
        var again = await service.PostAsync("sue", Jobs, service.Web.Submission($"s{taken}", $", \"project\": \"dune\", \"token\": \"{taken}\""));
        Assert.Equal(HttpStatusCode.OK, again.Status);
        await service.SubmitAsync("sue", plate: "other");
        await service.RefusedAsync(HttpStatusCode.Conflict, "which is its quota", "sue", HttpMethod.Post, Jobs, service.Web.Submission(more: ", \"project\": \"shut\""));
        await service.PostAsync("sue", $"{Jobs}/{again.Body!["id"]}/cancel");
        await service.SubmitAsync("sue", ", \"project\": \"dune\"");
    }
}
