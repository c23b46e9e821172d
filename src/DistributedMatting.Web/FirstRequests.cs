using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Web.Jobs.Streams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DistributedMatting.Web;

/// <summary>
/// The first requests that a process answers compile its code: two hundred clients at once wait a second for that.
/// So the service asks itself first, once of each kind. What is refused is compiled as well as what is answered.
/// </summary>
internal static class FirstRequests
{
    /// <summary>It is of no use later than that.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static async Task AskAsync(WebApplication web, TimeSpan limit, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(limit);
        try
        {
            Write(web.Services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions);
            using var client = new HttpClient { BaseAddress = Near(new Uri(web.Urls.First())) };
            foreach (var path in (string[])["jobs?limit=1", $"jobs/{JobId.Create()}", "workers", "/health/ready"]) await GetAsync(client, path, patience.Token);
            using (await client.PostAsJsonAsync("jobs", new { plate = "" }, patience.Token)) { }
            await WatchAsync(client, patience.Token);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            // Nothing depends on it.
        }
    }

    private static async Task GetAsync(HttpClient client, string path, CancellationToken cancellation)
    {
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative), cancellation);
    }

    private static async Task WatchAsync(HttpClient client, CancellationToken cancellation)
    {
        using var events = await client.GetAsync(new Uri("jobs/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellation);
        using var lines = new StreamReader(await events.Content.ReadAsStreamAsync(cancellation));
        while (await lines.ReadLineAsync(cancellation) is { } line && !line.StartsWith("data:", StringComparison.Ordinal)) { }
    }

    // What listens on all addresses is reached on this machine's own.
    private static Uri Near(Uri address) => new UriBuilder(address)
    {
        Host = IPAddress.TryParse(address.DnsSafeHost, out var number) && (number.Equals(IPAddress.Any) || number.Equals(IPAddress.IPv6Any)) ? "localhost" : address.Host,
        Path = "/api/v1/",
    }.Uri;

    private static void Write(JsonSerializerOptions options)
    {
        var job = new JobStatus { Id = JobId.Create(), Submission = new JobSubmission { Plate = "" }, State = JobState.Waiting, Version = 0, SubmittedUtc = default };
        _ = JsonSerializer.SerializeToUtf8Bytes(new JobPage([job], 1), options);
        _ = EventText.Of(new JobPage([job], 1));
    }
}
