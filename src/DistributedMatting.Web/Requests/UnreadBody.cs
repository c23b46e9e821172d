using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace DistributedMatting.Web.Requests;

/// <summary>
/// A request that is refused before its body has come is answered, and then heard out. A server that hangs up on a client
/// that still sends breaks its connection, and most clients then tell of that and not of the answer.
/// </summary>
internal static class UnreadBody
{
    /// <summary>Most bytes that are heard out. Who sends more than that is hung up on.</summary>
    public const long Most = 16 << 20;

    // A client that sends as slowly as Kestrel lets it would hold its connection for a day.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static async Task HearOutAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (context.Response.StatusCode < StatusCodes.Status400BadRequest || !MayStillCome(context)) return;
        try
        {
            // Whoever reads while he sends need not send the rest.
            await context.Response.CompleteAsync();
            if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = Most;
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
            patience.CancelAfter(Patience);
            await DropAsync(context.Request.BodyReader, patience.Token);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or InvalidOperationException)
        {
            // It was cut short, too long or too slow: the server hangs up, as it would have without this.
        }
    }

    // Who asks first whether to go on has not sent anything, and does not after a refusal.
    private static bool MayStillCome(HttpContext context) =>
        context.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: false } && context.Request.Headers.Expect.Count == 0;

    private static async Task DropAsync(PipeReader body, CancellationToken cancellation)
    {
        for (var dropped = 0L; dropped <= Most;)
        {
            var read = await body.ReadAsync(cancellation);
            dropped += read.Buffer.Length;
            body.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted) return;
        }
    }
}
