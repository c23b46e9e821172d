using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Web.Jobs;
using DistributedMatting.Web.Jobs.Streams;

namespace DistributedMatting.Web.Tests.Streams;

/// <summary>Statuses as bytes that all watchers share.</summary>
public sealed class EventTextTests
{
    [Fact]
    public void A_job_becomes_text_once_and_a_snapshot_holds_the_same()
    {
        var jobs = new[] { Job("a", "says \"so\"\nand 'thus' × 2"), Job("b", "") };
        var page = new JobPage(jobs, 7);
        // All texts are forgotten now and then, while other tests write some: seldom between two lines, never between all of these.
        Assert.True(Enumerable.Range(0, 5).Any(_ => EventText.Of(jobs[0]) == EventText.Of(jobs[0])), "one job's text is not the same bytes twice");
        foreach (var data in new object[] { jobs[0], page })
        {
            var text = Encoding.UTF8.GetString(EventText.Of(data));
            Assert.DoesNotContain('\n', text);
            Assert.True(JsonNode.DeepEquals(JsonSerializer.SerializeToNode(data, data.GetType(), JobJson.Options), JsonNode.Parse(text)), text);
        }
    }

    [Fact]
    public void An_event_is_its_number_its_name_and_a_line()
    {
        var target = new ArrayBufferWriter<byte>();
        var bytes = EventText.Write(target, new EventStream.Message(1234567890123456, "deleted", new { Id = 5 }));
        Assert.Equal("id: 1234567890123456\nevent: deleted\ndata: {\"id\":5}\n\n", Encoding.UTF8.GetString(target.WrittenSpan));
        Assert.Equal(target.WrittenCount, bytes);
    }

    [Theory]
    [InlineData(1, 100)]
    [InlineData(100, 100)]
    [InlineData(500, 500)]
    [InlineData(5000, 1000)]
    public void The_more_watch_the_rarer_each_is_told(int watchers, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), JobEvents.Pace(watchers));

    private static JobStatus Job(string name, string comment) => new()
    {
        Id = JobId.Create(),
        Submission = new JobSubmission { Plate = $"/plates/{name}.tif", Comment = comment },
        State = JobState.Waiting,
        Version = 3,
        SubmittedUtc = DateTimeOffset.UnixEpoch,
    };
}
