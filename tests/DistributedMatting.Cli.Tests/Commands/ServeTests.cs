using System.Text.Json.Nodes;
using DistributedMatting.Core.Plates;

namespace DistributedMatting.Cli.Tests;

/// <summary>The service as a process, with the stand-in network on small plates.</summary>
public sealed class ServeTests : IDisposable
{
    private readonly Workplace _here = new();

    public void Dispose() => _here.Dispose();

    [Fact]
    public async Task A_job_gives_the_bytes_and_the_provenance_of_run()
    {
        await RunTests.SucceedsAsync(_here.Run("--threads", "1"));
        await using var service = await ServiceProcess.StartAsync(_here.Folder, _here.At("data"));
        var served = _here.At("served.tif");
        var id = await service.SubmitAsync(_here.Plate, _here.Trimap, served);
        await service.SucceedsAsync(id);

        Assert.Equal(File.ReadAllBytes(_here.Alpha), File.ReadAllBytes(served));
        var (ran, now) = (Provenance(_here.Alpha), Provenance(served));
        foreach (var name in new[] { "plate_file_sha256", "trimap_file_sha256", "model_sha256", "device", "patch", "version" })
            Assert.Equal(ran[name]!.ToJsonString(), now[name]!.ToJsonString());
        await ShowsAsync(service, id);
        Assert.Equal(0, await service.StopAsync());
        Assert.False(Directory.Exists(Path.Combine(_here.At("data"), "jobs", id, "work")));
    }

    [Fact]
    public async Task Killed_in_the_midst_of_ten_jobs_all_end_with_the_same_bytes()
    {
        const int jobs = 10;
        // Large enough that a job is still at work when the kill arrives that its event has called for.
        File.Delete(_here.Plate);
        File.Delete(_here.Trimap);
        Workplace.WritePlate(_here.Plate, new PixelSize(1200, 1000));
        Workplace.WriteTrimap(_here.Trimap, new PixelSize(1200, 1000), (x, y) => (x + y) % 500 < 400 ? 0.5f : 0);
        await RunTests.SucceedsAsync(_here.Run("--threads", "1", "--contexts", "60"));
        var ids = new List<string>();
        for (var kill = 0; kill < 4; kill++)
        {
            await using var service = await StartAsync();
            while (ids.Count < jobs) ids.Add(await service.SubmitAsync(_here.Plate, _here.Trimap, Alpha(ids.Count)));
            // Each time another job, and another moment of it.
            var moment = (string[])["ingest", "encode", "matte", "stitch"];
            await service.UntilAsync(ids[2 * kill], moment[kill], job => HasBegun(job, moment[kill]) || (string)job["state"]! == "succeeded");
            await service.KillAsync();
        }

        await using var last = await StartAsync();
        foreach (var id in ids) await last.SucceedsAsync(id);
        var torn = 0;
        foreach (var id in ids) torn += (await LogAsync(last, id)).Count(line => line.Contains("ended in the midst of it", StringComparison.Ordinal));
        Assert.True(torn is >= 2 and <= 4, $"of four kills {torn} fell while a job was running");
        var expected = File.ReadAllBytes(_here.Alpha);
        for (var job = 0; job < jobs; job++)
        {
            Assert.Equal(expected, File.ReadAllBytes(Alpha(job)));
            Assert.NotNull(Provenance(Alpha(job))["report"]);
        }
    }

    [Fact]
    public async Task What_cannot_be_served_is_refused_in_a_line()
    {
        Assert.Contains("--listen", await Matting.RefusesAsync("serve", "--listen", "7700"), StringComparison.Ordinal);
        Assert.Contains("no folder", await Matting.RefusesAsync("serve", "--root", _here.At("nowhere"), "--data", _here.At("data"), "--model", Workplace.Model), StringComparison.Ordinal);
        await using var first = await ServiceProcess.StartAsync(_here.Folder, _here.At("data"));
        var taken = first.Client.BaseAddress!.Authority;
        var line = await Matting.RefusesAsync("serve", "--listen", taken, "--root", _here.Folder, "--data", _here.At("other"), "--model", Workplace.Model);
        Assert.Contains($"--listen {taken}: another process listens", line, StringComparison.Ordinal);
        Assert.Contains("another service", await Matting.RefusesAsync("serve", "--root", _here.Folder, "--data", _here.At("data"), "--model", Workplace.Model), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_folder_that_will_not_do_is_named()
    {
        string[] serve = ["serve", "--listen", "127.0.0.1:0", "--root", _here.Folder, "--model", Workplace.Model, "--data"];
        Assert.Contains("--data takes a folder", await Matting.RefusesAsync([.. serve, _here.Plate]), StringComparison.Ordinal);
        Assert.Contains("--data is empty", await Matting.RefusesAsync([.. serve, ""]), StringComparison.Ordinal);
        Assert.Contains("part of its path is a file", await Matting.RefusesAsync([.. serve, Path.Combine(_here.Plate, "data")]), StringComparison.Ordinal);
        Assert.Contains("/proc", await Matting.RefusesAsync([.. serve, "/proc/data"]), StringComparison.Ordinal);
        var pictures = Directory.CreateDirectory(_here.At("pictures")).FullName;
        File.WriteAllText(Path.Combine(pictures, "holiday.jpg"), "precious");
        Assert.Contains("holiday.jpg", await Matting.RefusesAsync([.. serve, pictures]), StringComparison.Ordinal);
        Assert.Equal(["holiday.jpg"], Directory.EnumerateFileSystemEntries(pictures).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_mistyped_option_is_no_root() =>
        Assert.Contains("'--dat'", await Matting.RefusesAsync("serve", "--root", _here.Folder, "--dat", _here.At("data"), "--model", Workplace.Model), StringComparison.Ordinal);

    // What people see of a real plate: patches with contexts, a composite, the alpha's own bytes, a log.
    private async Task ShowsAsync(ServiceProcess service, string id)
    {
        var patches = await service.GetAsync($"/api/v1/jobs/{id}/patches");
        var states = (string)patches["states"]!;
        Assert.Matches("^k*m[km]*$", states);
        var patch = await service.GetAsync($"/api/v1/jobs/{id}/patches/{states.IndexOf('m', StringComparison.Ordinal)}");
        Assert.NotEmpty(patch["contexts"]!.AsArray());
        var pictures = await service.GetAsync($"/api/v1/jobs/{id}/pictures");
        Assert.Equal(4, pictures["views"]!.AsArray().Count);
        var tile = await service.BytesAsync($"/api/v1/jobs/{id}/pictures/composite/{(int)pictures["levels"]! - 1}/0_0");
        Assert.Equal("FFD8", Convert.ToHexString(tile[..2]));
        Assert.Equal(File.ReadAllBytes(_here.Alpha), await service.BytesAsync($"/api/v1/jobs/{id}/alpha"));
        Assert.NotNull((await service.GetAsync($"/api/v1/jobs/{id}/provenance"))["report"]);
        var log = await LogAsync(service, id);
        Assert.Contains(log, line => line.StartsWith("matte: ", StringComparison.Ordinal));
        Assert.StartsWith("succeeded", log[^1], StringComparison.Ordinal);
    }

    private static async Task<List<string>> LogAsync(ServiceProcess service, string id) =>
        [.. (await service.GetAsync($"/api/v1/jobs/{id}/log"))["lines"]!.AsArray().Select(line => (string)line!["text"]!)];

    private Task<ServiceProcess> StartAsync() => ServiceProcess.StartAsync(_here.Folder, _here.At("data"), "--contexts", "60");

    private string Alpha(int job) => _here.At($"alpha{job}.tif");

    private static JsonNode Provenance(string alpha) => JsonNode.Parse(File.ReadAllText(alpha + ".json"))!;

    private static bool HasBegun(JsonNode job, string stage) => job["stages"]!.AsArray().Any(one => (string)one!["stage"]! == stage);
}
