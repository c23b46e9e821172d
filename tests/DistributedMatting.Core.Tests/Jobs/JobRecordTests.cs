using System.Text.Json;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Jobs.Service;

namespace DistributedMatting.Core.Tests.Jobs;

public sealed class JobRecordTests
{
    private static readonly JobSubmission Good = new() { Plate = "/plates/a.tif", Trimap = "/plates/a_trimap.png", Alpha = "/out/a.tif" };

    [Theory]
    [InlineData("")]
    [InlineData("0123456789abcde")]
    [InlineData("0123456789ABCDEF")]
    [InlineData("../../etc/passwd")]
    [InlineData("0123456789abcdef0")]
    [InlineData(null)]
    public void A_name_is_sixteen_hexadecimal_digits(string? text)
    {
        Assert.False(JobId.TryParse(text, out _));
        Assert.Throws<JobNotFoundException>(() => JobId.Parse(text));
    }

    [Fact]
    public void A_status_comes_back_from_its_json()
    {
        var status = new JobStatus
        {
            Id = JobId.Create(),
            Submission = Good,
            State = JobState.Failed,
            Version = 7,
            SubmittedUtc = DateTimeOffset.UnixEpoch,
            Error = "the plate is gone",
        };
        var json = JsonSerializer.Serialize(status, JobJson.Options);
        var back = JsonSerializer.Deserialize<JobStatus>(json, JobJson.Options)!;
        Assert.Equal(status with { Stages = back.Stages }, back);
        Assert.Contains("\"failed\"", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Patches_are_each_in_one_state()
    {
        StageStatus[] stages = [new(MattingStage.Encode, 60, 100, "patches", 1, 1), new(MattingStage.Matte, 25, 100, "patches", 1, 1)];
        Assert.Equal(new PatchCounts(100, 40, 35, 25, null), PatchCounts.Of(stages, null));
    }

    [Fact]
    public void Good_submissions_pass() => Good.Validate();

    public static TheoryData<string, JobSubmission> Bad => new()
    {
        { "plate", Good with { Plate = "a.tif" } },
        { "plate", Good with { Plate = "/a\0.tif" } },
        { "trimap", Good with { Trimap = " " } },
        { "alpha", Good with { Alpha = "/out/a.exe" } },
        { "depth", Good with { Depth = 12 } },
        { "depth", Good with { Alpha = "/out/a.png", Depth = 32 } },
        { "margin", Good with { Margin = -1 } },
        { "contexts", Good with { Contexts = 65 } },
        { "priority", Good with { Priority = 101 } },
        { "name", Good with { Name = new string('x', 201) } },
        { "user", Good with { User = "a\u001b[2J" } },
        { "token", Good with { Token = "" } },
        { "comment", Good with { Comment = new string('x', 2001) } },
    };

    [Theory, MemberData(nameof(Bad))]
    public void Bad_fields_are_refused_by_name(string field, JobSubmission submission)
    {
        var error = Assert.Throws<InvalidInputException>(submission.Validate);
        Assert.StartsWith(field, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
