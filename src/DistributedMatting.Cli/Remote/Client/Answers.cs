using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using DistributedMatting.Core;
using DistributedMatting.Core.Jobs;

namespace DistributedMatting.Cli.Remote.Client;

/// <summary>Reads what the service answers; a refusal becomes its own sentence.</summary>
internal static class Answers
{
    private const int MaxProblem = 64 * 1024;

    /// <exception cref="InvalidInputException">It was refused; the service's sentence.</exception>
    /// <exception cref="ServiceException">The service failed, or this is no matting service.</exception>
    public static async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellation)
    {
        await RequireSuccessAsync(response, cancellation);
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellation);
            return await JsonSerializer.DeserializeAsync<T>(body, JobJson.Options, cancellation) ?? throw new JsonException("null");
        }
        catch (JsonException error)
        {
            throw Strange(response, error);
        }
    }

    /// <summary>The error that something strange answers.</summary>
    public static ServiceException Strange(HttpResponseMessage response, Exception? error = null)
    {
        var message = $"{response.RequestMessage?.RequestUri?.GetLeftPart(UriPartial.Authority)} answers, but not as a matting service of this version; --server names another";
        return error is null ? new ServiceException(message) : new ServiceException(message, error);
    }

    /// <exception cref="InvalidInputException">It was refused; the service's sentence.</exception>
    /// <exception cref="ServiceException">The service failed.</exception>
    public static async Task RequireSuccessAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.IsSuccessStatusCode) return;
        var sentence = await SentenceAsync(response, cancellation);
        if (sentence is not null && response.StatusCode == HttpStatusCode.Unauthorized) throw new InvalidInputException(WhoAreYou(response));
        if (sentence is null && (int)response.StatusCode < 500) throw Strange(response);
        sentence ??= $"the service failed with {(int)response.StatusCode}";
        throw response.StatusCode is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError
            ? new ServiceException(sentence)
            : new InvalidInputException(sentence);
    }

    // The service speaks of headers; here, options are meant.
    private static string WhoAreYou(HttpResponseMessage response)
    {
        var request = response.RequestMessage;
        var why = request?.Headers.Authorization is null ? "no key was given" : "the key that was given is none of its keys";
        return $"the service at {request?.RequestUri?.GetLeftPart(UriPartial.Authority)} does not know who asks, {why}; --key-file FILE or {RemoteOptions.KeyVariable} gives one, and its operator makes one with 'matting keys add'";
    }

    private static async Task<string?> SentenceAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.Content.Headers.ContentLength > MaxProblem) return null;
        try
        {
            var text = await response.Content.ReadAsStringAsync(cancellation);
            return text.Length > MaxProblem ? null : (string?)JsonNode.Parse(text)?["detail"];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
