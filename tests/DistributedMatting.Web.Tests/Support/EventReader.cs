namespace DistributedMatting.Web.Tests;

/// <summary>A stream of server-sent events, read one after another.</summary>
internal sealed class EventReader : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _lines;

    private EventReader(HttpResponseMessage response, Stream stream) => (_response, _lines) = (response, new StreamReader(stream));

    public static async Task<EventReader> OpenAsync(HttpClient client, HttpRequestMessage request)
    {
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        return new EventReader(response, await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>The data of the next event.</summary>
    public async Task<string> NextAsync()
    {
        while (await _lines.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            if (line.StartsWith("data: ", StringComparison.Ordinal)) return line[6..];
        throw new InvalidOperationException("the stream ended without another event");
    }

    /// <summary>Reads on; whether the stream ends before that.</summary>
    public async Task<bool> EndsAsync(TimeSpan patience)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        late.CancelAfter(patience);
        try
        {
            while (await _lines.ReadLineAsync(late.Token) is not null)
            {
            }

            return true;
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    public ValueTask DisposeAsync()
    {
        _lines.Dispose();
        _response.Dispose();
        return ValueTask.CompletedTask;
    }
}
