using DistributedMatting.Core;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Core.Jobs.Service.Results;
using DistributedMatting.Core.Jobs.Service.Workers;
using DistributedMatting.Web.Uploads;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DistributedMatting.Web.Errors;

/// <summary>Whatever stopped a request becomes problem details (RFC 9457) with one sentence, the same as on the command line.</summary>
internal sealed partial class Problems(ILogger<Problems> log) : IExceptionHandler
{
    /// <summary>The media type of every refusal.</summary>
    public const string ContentType = "application/problem+json";

    private const string SecondsAway = "10";

    private const string Bug = "a mistake of ours; the service's log says more";

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var (status, sentence) = exception switch
        {
            InvalidInputException e => (StatusCodes.Status400BadRequest, e.Message),
            RefusedException e => (e.Status, e.Message),
            JobNotFoundException e => (StatusCodes.Status404NotFound, e.Message),
            ResultMissingException e => (StatusCodes.Status404NotFound, e.Message),
            WorkerNotFoundException e => (StatusCodes.Status404NotFound, e.Message),
            JobConflictException e => (StatusCodes.Status409Conflict, e.Message),
            EngineAwayException e => (StatusCodes.Status503ServiceUnavailable, e.Message),
            BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest } e => (e.StatusCode, UnreadableRequest.Sentence(e)),
            BadHttpRequestException e => (e.StatusCode, Sentence(e.StatusCode)),
            _ => (StatusCodes.Status500InternalServerError, Bug),
        };
        // ASP.NET is silent about what a handler has answered.
        if (status == StatusCodes.Status500InternalServerError) LogBug(exception, httpContext.Request.Method, httpContext.Request.Path);
        if (exception is EngineAwayException away)
        {
            LogAway(away.InnerException!, httpContext.Request.Method, httpContext.Request.Path);
            httpContext.Response.Headers.RetryAfter = SecondsAway;
        }

        if (status == StatusCodes.Status401Unauthorized) httpContext.Response.Headers.WWWAuthenticate = "Bearer";
        await WriteAsync(httpContext, status, sentence);
        return true;
    }

    /// <summary>Answers with one sentence.</summary>
    public static async Task WriteAsync(HttpContext context, int status, string sentence)
    {
        context.Response.StatusCode = status;
        await context.RequestServices.GetRequiredService<IProblemDetailsService>().TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = context,
            ProblemDetails = new ProblemDetails { Status = status, Detail = ShownPaths.Sentence(sentence) },
        });
    }

    /// <summary>The sentence of answers that no code of ours gave.</summary>
    public static void Complete(ProblemDetailsContext context) => context.ProblemDetails.Detail ??= Sentence(context.ProblemDetails.Status);

    [LoggerMessage(1, LogLevel.Error, "{Method} {Path} failed; this is a mistake of ours")]
    private partial void LogBug(Exception exception, string method, string path);

    [LoggerMessage(2, LogLevel.Warning, "{Method} {Path} was not answered: the farm is away")]
    private partial void LogAway(Exception reason, string method, string path);

    // The server and ASP.NET refuse the same thing by throwing or by a bare status, as it comes.
    private static string Sentence(int? status) => status switch
    {
        StatusCodes.Status404NotFound => "there is nothing at this address; /openapi/v1.json lists what there is",
        StatusCodes.Status405MethodNotAllowed => "this address does not take this method; /openapi/v1.json lists what it takes",
        StatusCodes.Status408RequestTimeout => "the request's body comes too slowly; send it again",
        StatusCodes.Status413PayloadTooLarge => "the request's body is longer than this address takes",
        StatusCodes.Status415UnsupportedMediaType => "the request's body is not JSON; send it with Content-Type: application/json",
        _ => "the request was refused; /openapi/v1.json says what the service takes",
    };
}
