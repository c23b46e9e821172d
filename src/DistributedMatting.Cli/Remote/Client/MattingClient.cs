using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using DistributedMatting.Core;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Jobs.Service;

namespace DistributedMatting.Cli.Remote.Client;

/// <summary>A matting service that is reached by its REST API. Every call throws <see cref="InvalidInputException"/> where it is refused, and <see cref="ServiceException"/> where the service cannot be reached.</summary>
internal sealed class MattingClient : IDisposable
{
    private const string Jobs = "api/v1/jobs";

    private readonly Retries _retries;

    /// <param name="server">The service's address.</param>
    /// <param name="key">The API key; null for none.</param>
    /// <param name="clock">Whose time paces what is tried again.</param>
    public MattingClient(Uri server, string? key, TimeProvider clock)
    {
        (_retries, Clock) = (new Retries(server, clock), clock);
        // The timeout would end streams and large files; a connection that says nothing is noticed by who reads it.
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(10) })
        {
            BaseAddress = server,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        if (key is not null) Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    internal HttpClient Http { get; }

    internal TimeProvider Clock { get; }

    public Task<Me> MeAsync(CancellationToken cancellation) => CallAsync<Me>(HttpMethod.Get, "api/v1/me", null, cancellation);

    public Task<JobStatus> SubmitAsync(JobSubmission submission, CancellationToken cancellation) => CallAsync<JobStatus>(HttpMethod.Post, Jobs, submission, cancellation);

    public Task<JobStatus> StatusAsync(JobId id, CancellationToken cancellation) => CallAsync<JobStatus>(HttpMethod.Get, $"{Jobs}/{id}", null, cancellation);

    public Task<JobStatus> ApplyAsync(JobId id, JobVerb verb, CancellationToken cancellation) =>
        CallAsync<JobStatus>(HttpMethod.Post, $"{Jobs}/{id}/{verb.ToString().ToLowerInvariant()}", null, cancellation);

    public Task<JobStatus> SetPriorityAsync(JobId id, int priority, CancellationToken cancellation) =>
        CallAsync<JobStatus>(HttpMethod.Post, $"{Jobs}/{id}/priority", new { priority }, cancellation);

    public Task<JobStatus> SetCommentAsync(JobId id, string comment, CancellationToken cancellation) =>
        CallAsync<JobStatus>(HttpMethod.Post, $"{Jobs}/{id}/comment", new { comment }, cancellation);

    public async Task DeleteAsync(JobId id, CancellationToken cancellation)
    {
        using var response = await SendAsync(() => new HttpRequestMessage(HttpMethod.Delete, $"{Jobs}/{id}"), cancellation);
        await Answers.RequireSuccessAsync(response, cancellation);
    }

    public Task<JobPage> ListAsync(JobQuery query, CancellationToken cancellation)
    {
        (string Name, string? Value)[] fields =
        [
            ("state", query.States.Count == 0 ? null : string.Join(',', query.States).ToLowerInvariant()),
            ("project", query.Project), ("user", query.User), ("text", query.Text),
            ("offset", query.Offset.ToString(CultureInfo.InvariantCulture)), ("limit", query.Limit.ToString(CultureInfo.InvariantCulture)),
        ];
        var asked = fields.Where(field => !string.IsNullOrEmpty(field.Value)).Select(field => $"{field.Name}={Uri.EscapeDataString(field.Value!)}");
        return CallAsync<JobPage>(HttpMethod.Get, $"{Jobs}?{string.Join('&', asked)}", null, cancellation);
    }

    /// <summary>Sends a request that <paramref name="make"/> makes anew for every try; the answer's head is there, its body is not read.</summary>
    internal Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> make, CancellationToken cancellation) => _retries.SendAsync(async () =>
    {
        using var request = make();
        return await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
    }, cancellation);

    internal async Task<T> CallAsync<T>(HttpMethod method, string path, object? body, CancellationToken cancellation)
    {
        using var response = await SendAsync(() => new HttpRequestMessage(method, path)
        {
            Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: JobJson.Options),
        }, cancellation);
        return await Answers.ReadAsync<T>(response, cancellation);
    }

    public void Dispose() => Http.Dispose();

    /// <summary>Whom the service takes us for; <see cref="Uploads"/> is null where it takes none.</summary>
    internal sealed record Me(string Name, string Role, UploadLimits? Uploads, string Version);

    /// <summary>What may be uploaded.</summary>
    internal sealed record UploadLimits(long MaxBytes, long ChunkBytes);
}
