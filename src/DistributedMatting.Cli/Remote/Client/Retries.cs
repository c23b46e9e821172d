using System.Net;

namespace DistributedMatting.Cli.Remote.Client;

/// <summary>
/// Sends a request again when the connection breaks or the service is busy. Every request of the API may be repeated:
/// submissions and uploads have tokens, and a verb whose end is reached changes nothing.
/// </summary>
internal sealed class Retries(Uri server, TimeProvider clock)
{
    private static readonly TimeSpan[] Waits = [TimeSpan.FromSeconds(0.3), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)];
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <param name="send">Sends a new request.</param>
    /// <param name="cancellation">Ends the waiting too.</param>
    /// <exception cref="ServiceException">The service cannot be reached.</exception>
    public async Task<HttpResponseMessage> SendAsync(Func<Task<HttpResponseMessage>> send, CancellationToken cancellation)
    {
        for (var attempt = 0; ; attempt++)
        {
            var isLast = attempt == Waits.Length;
            var wait = isLast ? TimeSpan.Zero : Waits[attempt];
            try
            {
                var response = await send();
                if (isLast || response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout))
                    return response;
                if (response.Headers.RetryAfter?.Delta is { } asked) wait = asked < LongestWait ? asked : LongestWait;
                response.Dispose();
            }
            catch (Exception error) when (IsBroken(error, cancellation))
            {
                if (isLast) throw Unreachable(error);
            }

            await Task.Delay(wait, clock, cancellation);
        }
    }

    private ServiceException Unreachable(Exception error) => new(
        $"the service at {server.GetLeftPart(UriPartial.Authority)} cannot be reached ({error.GetBaseException().Message.TrimEnd('.')}); 'matting serve' starts one, --server or {RemoteOptions.ServerVariable} names another", error);

    /// <summary>Whether it is the connection that failed, and not that we were asked to stop.</summary>
    public static bool IsBroken(Exception error, CancellationToken cancellation) =>
        !cancellation.IsCancellationRequested && error is HttpRequestException or IOException or OperationCanceledException or TimeoutException;
}
