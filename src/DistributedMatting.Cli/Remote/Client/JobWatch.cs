using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Jobs.Service;

namespace DistributedMatting.Cli.Remote.Client;

/// <summary>A job's statuses as they come, until it has ended. A stream that breaks is taken up where it broke, for as long as it takes.</summary>
internal static class JobWatch
{
    // The service says something every 15 seconds.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(50);
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestBetween = TimeSpan.FromSeconds(20);

    /// <param name="client">The service.</param>
    /// <param name="id">The job.</param>
    /// <param name="say">Hears that the connection is lost, and that it is back.</param>
    /// <param name="cancellation">Ends the watch.</param>
    public static async IAsyncEnumerable<JobStatus> WatchAsync(
        MattingClient client, JobId id, Action<string> say, [EnumeratorCancellation] CancellationToken cancellation)
    {
        long? seen = null;
        // The first time, whoever cannot be reached is not waited for.
        var response = await OpenAsync(client, id, seen, cancellation);
        for (var wait = Between; ;)
        {
            var isLost = false;
            await foreach (var status in ReadAsync(response, client.Clock, cancellation))
            {
                if (status is null)
                {
                    isLost = true;
                    break;
                }

                (seen, wait) = (status.Version, Between);
                yield return status;
                if (status.State.HasEnded()) yield break;
            }

            if (isLost) say("the connection to the service is lost; it is tried again");
            response = null;
            while (response is null)
            {
                await Task.Delay(wait, client.Clock, cancellation);
                wait = wait * 2 < LongestBetween ? wait * 2 : LongestBetween;
                try
                {
                    response = await OpenAsync(client, id, seen, cancellation);
                }
                catch (ServiceException)
                {
                    // It may be starting again; the job goes on without us.
                }
            }
        }
    }

    private static async Task<HttpResponseMessage> OpenAsync(MattingClient client, JobId id, long? seen, CancellationToken cancellation)
    {
        var response = await client.SendAsync(() =>
        {
            var request = new HttpRequestMessage(HttpMethod.Get, $"api/v1/jobs/{id}/events");
            if (seen is { } version) request.Headers.Add("Last-Event-ID", version.ToString(CultureInfo.InvariantCulture));
            return request;
        }, cancellation);
        await Answers.RequireSuccessAsync(response, cancellation);
        return response.Content.Headers.ContentType?.MediaType == "text/event-stream" ? response : throw Answers.Strange(response);
    }

    // Null, at the end, where the stream broke.
    private static async IAsyncEnumerable<JobStatus?> ReadAsync(
        HttpResponseMessage response, TimeProvider clock, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var held = response;
        await using var stream = new ImpatientStream(await response.Content.ReadAsStreamAsync(cancellation), Silence, clock);
        await using var events = SseParser.Create(stream).EnumerateAsync(cancellation).GetAsyncEnumerator(cancellation);
        while (true)
        {
            JobStatus? status;
            try
            {
                if (!await events.MoveNextAsync()) yield break;
                if (events.Current.EventType != "status") continue;
                status = JsonSerializer.Deserialize<JobStatus>(events.Current.Data, JobJson.Options);
            }
            catch (Exception error) when (Retries.IsBroken(error, cancellation) || error is JsonException)
            {
                status = null;
            }

            yield return status;
            if (status is null) yield break;
        }
    }
}
