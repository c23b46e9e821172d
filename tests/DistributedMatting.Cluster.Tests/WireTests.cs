using DistributedMatting.Cluster.Jobs;
using DistributedMatting.Cluster.Scheduling;
using DistributedMatting.Core;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Core.Scheduling;

namespace DistributedMatting.Cluster.Tests;

public class WireTests
{
    private static readonly JobStatus Job = new()
    {
        Id = JobId.Create(),
        Submission = new JobSubmission { Plate = "/p.tif", Alpha = "/a.tif", Comment = "two\nlines, ü and 😀" },
        State = JobState.Running,
        Version = 7,
        SubmittedUtc = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
    };

    [Fact]
    public void Job_SurvivesItsWay()
    {
        var read = Wire.Read<JobStatus>(Wire.Write(Job));
        Assert.Equal((Job.Id, Job.Submission, Job.State, Job.Version, Job.SubmittedUtc), (read.Id, read.Submission, read.State, read.Version, read.SubmittedUtc));
    }

    [Fact]
    public void QueryAndPage_SurviveTheirWay()
    {
        var query = Wire.Read<JobQuery>(Wire.Write(new JobQuery { States = new HashSet<JobState> { JobState.Failed, JobState.Paused }, Text = "hair", Offset = 3, Limit = 4 }));
        Assert.Equal([JobState.Failed, JobState.Paused], query.States.Order().Reverse());
        Assert.Equal(("hair", 3, 4), (query.Text, query.Offset, query.Limit));
        var page = Wire.Read<JobPage>(Wire.Write(new JobPage([Job], 9)));
        Assert.Equal((9, Job.Id), (page.Total, Assert.Single(page.Jobs).Id));
    }

    [Fact]
    public void Round_SurvivesItsWay_AndNamesEachHomeOnce()
    {
        var round = new PatchRound
        {
            Job = "job",
            Stage = "matte",
            Project = "film",
            Priority = 9,
            Order = long.MaxValue,
            Patches = [.. Enumerable.Range(0, 1000).Select(i => new PatchTask(i * 3, i % 3 == 0 ? "" : $"silo{i % 3}"))],
        };
        var message = RoundMessage.Of(round);

        Assert.Equal(3, message.Homes.Length);
        Assert.Equal(round.Patches, message.Unpack().Patches);
        Assert.Equal((round.Job, round.Stage, round.Project, round.Priority, round.Order), (message.Job, message.Stage, message.Project, message.Priority, message.Order));
    }

    [Fact]
    public async Task Refusals_ComeBackAsWhatTheyWere()
    {
        Assert.Equal("bad", Assert.Throws<InvalidInputException>(() => Open(Refuse(new InvalidInputException("bad")))).Message);
        Assert.Equal("no", Assert.Throws<JobConflictException>(() => Open(Refuse(new JobConflictException("no")))).Message);
        Assert.Throws<JobNotFoundException>(() => Open(Refuse(new JobNotFoundException(Job.Id))));
        await Assert.ThrowsAsync<IOException>(() => JobAnswer.Try(() => throw new IOException()));
    }

    private static JobStatus? Open(Task<JobAnswer> answer) => answer.Result.Open(Job.Id);

    private static Task<JobAnswer> Refuse(Exception error) => JobAnswer.Try(() => throw error);
}
