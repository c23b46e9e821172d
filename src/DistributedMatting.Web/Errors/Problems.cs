using DistributedMatting.Core;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Web.Access;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace DistributedMatting.Web.Errors;

/// <summary>Whatever stopped a request becomes problem details (RFC 9457) with one sentence, the same as on the command line.</summary>
internal sealed class Problems(IProblemDetailsService details) : IExceptionHandler
{
    private const string Bug = "a mistake of ours; the service's log says more";

    public ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var (status, sentence) = exception switch
        {
            InvalidInputException e => (StatusCodes.Status400BadRequest, e.Message),
            ForeignSiteException e => (StatusCodes.Status403Forbidden, e.Message),
            JobNotFoundException e => (StatusCodes.Status404NotFound, e.Message),
            JobConflictException e => (StatusCodes.Status409Conflict, e.Message),
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => (StatusCodes.Status413PayloadTooLarge, $"the request's body is longer than {WebOptions.MaxBodyBytes} bytes"),
            BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType } => (StatusCodes.Status415UnsupportedMediaType, "the request's body is not JSON; send it with Content-Type: application/json"),
            BadHttpRequestException e => (e.StatusCode, "the request cannot be read; /openapi/v1.json says what its fields and types are"),
            _ => (StatusCodes.Status500InternalServerError, Bug),
        };
        httpContext.Response.StatusCode = status;
        return details.TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = httpContext,
            ProblemDetails = new ProblemDetails { Status = status, Detail = sentence },
        });
    }
}
