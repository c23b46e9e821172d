using DistributedMatting.Core;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Workstation.Files;
using DistributedMatting.Workstation.Testing;

namespace DistributedMatting.Cli.Tests.Remote;

public sealed class RemoteCommandTests
{
    [Fact]
    public async Task Submitted_and_waited_for_until_it_has_succeeded()
    {
        await using var service = await RemoteHarness.StartAsync();
        service.Engine.Work = (_, progress, _) =>
        {
            progress.Report(new StageProgress(MattingStage.Matte, 4, 4, "patches", TimeSpan.FromSeconds(2)));
            return Task.CompletedTask;
        };
        var result = await service.RunAsync("submit", service.Plate, "-o", service.Alpha, "--project", "dune", "--wait");
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("succeeded", result.Output, StringComparison.Ordinal);
        Assert.Contains("640×480 pixels in 6 patches", result.Output, StringComparison.Ordinal);
        Assert.Contains("matte: 4 of 4 patches, 2.0 patches/s", result.Error, StringComparison.Ordinal);
        var page = await service.JsonAsync("ls", "--project", "dune", "--state", "succeeded,failed");
        Assert.Equal(("ora", 1), ((string)page["jobs"]![0]!["submission"]!["user"]!, (int)page["total"]!));
    }

    [Theory]
    [InlineData("failed", 3)]
    [InlineData("cancelled", 4)]
    public async Task The_exit_code_says_how_the_job_ended(string state, int code)
    {
        await using var service = await RemoteHarness.StartAsync();
        service.Engine.Work = state == "failed" ? (_, _, _) => throw new InvalidInputException("plate.tif is broken") : FakeEngine.ForEver;
        var id = await service.SubmitAsync();
        if (state == "cancelled") await service.JsonAsync("cancel", id);
        var result = await service.RunAsync("watch", id);
        Assert.True(result.ExitCode == code, result.ToString());
        Assert.Contains($"{id} {state}", result.Output, StringComparison.Ordinal);
        if (state == "failed") Assert.Contains("plate.tif is broken", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_command_changes_the_job()
    {
        await using var service = await RemoteHarness.StartAsync();
        service.Engine.Work = FakeEngine.ForEver;
        var id = await service.SubmitAsync();
        Assert.Equal("paused", (string)(await service.JsonAsync("pause", id))["state"]!);
        Assert.Contains((string)(await service.JsonAsync("resume", id))["state"]!, new[] { "waiting", "running" });
        Assert.Equal(77, (int)(await service.JsonAsync("priority", id, "77"))["submission"]!["priority"]!);
        Assert.Equal("for Anna", (string)(await service.JsonAsync("comment", id, "for Anna"))["submission"]!["comment"]!);
        Assert.Equal("cancelled", (string)(await service.JsonAsync("cancel", id))["state"]!);
        Assert.Contains((string)(await service.JsonAsync("retry", id))["state"]!, new[] { "waiting", "running" });
        Assert.Contains("cancel it before", (await service.RunAsync("delete", id)).Error, StringComparison.Ordinal);
        await service.JsonAsync("cancel", id);
        Assert.Equal(id, (string)(await service.JsonAsync("delete", id))["id"]!);
        var gone = await service.RunAsync("status", id);
        Assert.True(gone is { ExitCode: 2, ErrorLines.Length: 1 }, gone.ToString());
    }

    [Fact]
    public async Task Files_that_the_service_does_not_see_are_sent()
    {
        await using var service = await RemoteHarness.StartAsync();
        var read = new TaskCompletionSource<string>();
        service.Engine.Work = async (order, _, cancellation) => read.SetResult(await File.ReadAllTextAsync(order.Submission.Plate, cancellation));
        using var elsewhere = new Workplace();
        var plate = elsewhere.At("elsewhere.tif");
        await File.WriteAllTextAsync(plate, "a plate from elsewhere", TestContext.Current.CancellationToken);
        var job = await service.JsonAsync("submit", plate, "--upload", "--wait");
        Assert.Equal(("succeeded", "elsewhere.tif"), ((string)job["state"]!, (string)job["submission"]!["name"]!));
        Assert.Equal("a plate from elsewhere", await read.Task);
    }

    [Fact]
    public async Task A_token_repeated_is_the_same_job()
    {
        await using var service = await RemoteHarness.StartAsync();
        string[] submit = ["submit", service.Plate, "-o", service.Alpha, "--token", "shot 42"];
        Assert.Equal((string)(await service.JsonAsync(submit))["id"]!, (string)(await service.JsonAsync(submit))["id"]!);
    }

    [Fact]
    public async Task An_alpha_is_not_fetched_under_another_formats_name()
    {
        await using var service = await RemoteHarness.StartAsync();
        using var here = new Workplace();
        var id = await service.SubmitAsync();
        var result = await service.RunAsync("get", id, "-o", here.At("alpha.png"));
        Refused(result, "alpha.png", $"job {id}", "TIFF");
        Refused(await service.RunAsync("submit", here.Plate, here.Trimap, "--upload", "--wait", "-o", here.At("alpha.png")), "TIFF");
        Refused(await service.RunAsync("get", id, "-o", here.At("alpha")), ".tif");
        Assert.Empty(here.Left());
    }

    [Fact]
    public async Task What_was_fetched_is_told_to_scripts()
    {
        await using var service = await RemoteHarness.StartAsync();
        service.Engine.Work = async (order, _, cancellation) =>
        {
            await File.WriteAllTextAsync(order.Submission.Alpha, "an alpha", cancellation);
            await File.WriteAllTextAsync(order.Submission.Alpha + ".json", "{}", cancellation);
        };
        using var here = new Workplace();
        var id = (string)(await service.JsonAsync("submit", service.Plate, "-o", service.Alpha, "--wait"))["id"]!;
        var fetched = await service.JsonAsync("get", id, "-o", here.Alpha);
        Assert.Equal((id, here.Alpha, here.Alpha + ".json"), ((string)fetched["id"]!, (string)fetched["alpha"]!, (string)fetched["provenance"]!));
        Assert.Equal(8, (long)fetched["alpha_bytes"]!);
        Assert.Equal("an alpha", File.ReadAllText(here.Alpha));
    }

    [Theory]
    [InlineData("submit", "3 the job has failed")]
    [InlineData("ls", "5 the service cannot be reached")]
    [InlineData("status", "5 the service cannot be reached")]
    [InlineData("watch", "4 it was cancelled")]
    [InlineData("pause", "5 the service cannot be reached")]
    [InlineData("resume", "5 the service cannot be reached")]
    [InlineData("cancel", "5 the service cannot be reached")]
    [InlineData("retry", "5 the service cannot be reached")]
    [InlineData("get", "5 the service cannot be reached")]
    [InlineData("run", "2 something that was given is wrong; 130 interrupted")]
    public async Task Exit_codes_are_told_in_the_help(string command, string code)
    {
        var help = await Matting.RunAsync(command, "--help");
        Assert.True(help.ExitCode == 0, help.ToString());
        Assert.Contains(code, help.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_lies_where_the_provenance_goes_is_kept()
    {
        await using var service = await RemoteHarness.StartAsync();
        using var here = new Workplace();
        var id = await service.SubmitAsync();
        File.WriteAllText(here.Alpha + ".json", "precious");
        Refused(await service.RunAsync("get", id, "-o", here.Alpha), here.Alpha + ".json", "--force");
        await service.RunAsync("get", "0123456789abcdef", "-o", here.Alpha, "--force");
        Assert.Equal("precious", File.ReadAllText(here.Alpha + ".json"));
    }

    [Fact]
    public async Task A_refused_submission_is_told_in_the_words_of_the_command_line()
    {
        await using var service = await RemoteHarness.StartAsync();
        using var here = new Workplace();
        service.Engine.Check = _ => throw new InvalidInputException($"{service.Alpha} is there already; {OutputPath.Words.Submission.Replaces}");
        var there = await service.RunAsync("submit", service.Plate, "-o", service.Alpha);
        Refused(there, service.Alpha, "--force replaces it");
        Assert.DoesNotContain("\"replace\"", there.Error, StringComparison.Ordinal);
        Refused(await service.RunAsync("submit", service.Plate, "-o", here.Alpha), $"alpha {here.Alpha} is outside", Path.GetDirectoryName(service.Plate)!);
        var unknown = await Matting.RunAsync("ls", "--server", service.Server);
        Refused(unknown, service.Server, "no key was given", "--key-file", "MATTING_KEY");
        Assert.DoesNotContain("Bearer", unknown.Error, StringComparison.Ordinal);
    }

    private static void Refused(Matting.Result result, params string[] words)
    {
        Assert.True(result is { ExitCode: 2, ErrorLines.Length: 1, Output: "" }, result.ToString());
        foreach (var word in words) Assert.Contains(word, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5, "http://127.0.0.1:1 cannot be reached", "ls", "--server", "http://127.0.0.1:1")]
    [InlineData(5, "MATTING_SERVER", "ls", "--server", "http://127.0.0.1:1")]
    [InlineData(2, "N '5x' will not do: it takes whole numbers from 0 to 100", "priority", "0123456789abcdef", "5x")]
    [InlineData(2, "takes an address like", "ls", "--server", "ftp://example.com")]
    [InlineData(2, "is no job", "pause", "42")]
    [InlineData(2, "--output is missing", "submit", "plate.tif", "trimap.png")]
    [InlineData(2, "only where there is --wait", "submit", "plate.tif", "trimap.png", "-o", "alpha.tif", "--upload")]
    [InlineData(2, "cannot be read", "ls", "--key-file", "/no/such/file")]
    public async Task What_is_wrong_is_said_in_one_line(int code, string words, params string[] arguments)
    {
        var result = await Matting.RunAsync(arguments);
        Assert.True(result.ExitCode == code && result.ErrorLines.Length == 1, result.ToString());
        Assert.Contains(words, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_key_is_refused_in_one_line()
    {
        await using var service = await RemoteHarness.StartAsync();
        File.WriteAllText(service.KeyFile, "matting_wrong");
        var result = await service.RunAsync("ls");
        Assert.True(result is { ExitCode: 2, ErrorLines.Length: 1 }, result.ToString());
        Assert.Contains("does not know who asks", result.Error, StringComparison.Ordinal);
    }
}
