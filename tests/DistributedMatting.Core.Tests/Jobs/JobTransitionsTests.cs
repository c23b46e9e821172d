using DistributedMatting.Core.Jobs.Service;

namespace DistributedMatting.Core.Tests.Jobs;

public sealed class JobTransitionsTests
{
    private static readonly JobId Id = JobId.Create();

    [Theory]
    [InlineData(JobState.Waiting, JobVerb.Pause, JobState.Paused)]
    [InlineData(JobState.Running, JobVerb.Pause, JobState.Paused)]
    [InlineData(JobState.Paused, JobVerb.Resume, JobState.Waiting)]
    [InlineData(JobState.Running, JobVerb.Cancel, JobState.Cancelled)]
    [InlineData(JobState.Paused, JobVerb.Cancel, JobState.Cancelled)]
    [InlineData(JobState.Failed, JobVerb.Retry, JobState.Waiting)]
    [InlineData(JobState.Cancelled, JobVerb.Retry, JobState.Waiting)]
    public void A_verb_changes_the_state(JobState before, JobVerb verb, JobState after) =>
        Assert.Equal(after, before.After(verb, Id));

    [Fact]
    public void A_repeated_verb_is_answered_like_the_first()
    {
        foreach (var state in Enum.GetValues<JobState>())
        foreach (var verb in Enum.GetValues<JobVerb>())
        {
            JobState once;
            try
            {
                once = state.After(verb, Id);
            }
            catch (JobConflictException)
            {
                continue;
            }
            Assert.Equal(once, once.After(verb, Id));
        }
    }

    [Theory]
    [InlineData(JobState.Succeeded, JobVerb.Pause)]
    [InlineData(JobState.Succeeded, JobVerb.Cancel)]
    [InlineData(JobState.Succeeded, JobVerb.Retry)]
    [InlineData(JobState.Failed, JobVerb.Resume)]
    [InlineData(JobState.Cancelled, JobVerb.Pause)]
    [InlineData(JobState.Paused, JobVerb.Retry)]
    public void What_does_not_go_together_is_refused_by_name(JobState state, JobVerb verb)
    {
        var error = Assert.Throws<JobConflictException>(() => state.After(verb, Id));
        Assert.Contains(Id.ToString(), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_what_has_ended_is_deleted()
    {
        foreach (var state in Enum.GetValues<JobState>())
        {
            var refused = Record.Exception(() => state.RequireDeletable(Id)) is JobConflictException;
            Assert.Equal(!state.HasEnded(), refused);
        }
    }
}
