using System.Globalization;
using DistributedMatting.Core.Jobs.Service.Results;
using DistributedMatting.Web.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace DistributedMatting.Web.JobResults;

/// <summary>A finished file, whole or in ranges, and only if it has changed. A range beyond its end is refused with a sentence.</summary>
/// <param name="file">The file; closed when it is sent.</param>
/// <param name="savedAs">What a browser saves it as; null shows it.</param>
internal sealed class FileAnswer(ResultFile file, string? savedAs) : IResult
{
    /// <summary>What the API's description says of a file that may be asked for in parts.</summary>
    public static object[] Ranges(params string[] types) =>
    [
        new ProducesResponseTypeMetadata(StatusCodes.Status206PartialContent, typeof(Stream), types),
        new ProducesResponseTypeMetadata(StatusCodes.Status304NotModified, typeof(void)),
        new ProducesResponseTypeMetadata(StatusCodes.Status416RangeNotSatisfiable, typeof(Microsoft.AspNetCore.Mvc.ProblemDetails), [Problems.ContentType]),
    ];

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var length = file.Content.Length;
        await Results.File(
            file.Content, file.ContentType, savedAs, file.WrittenUtc, new EntityTagHeaderValue($"\"{file.Tag}\""), enableRangeProcessing: true)
            .ExecuteAsync(httpContext);
        if (httpContext.Response is not { StatusCode: StatusCodes.Status416RangeNotSatisfiable, HasStarted: false } response) return;

        // Of the answer that it would have been, only how long the file is stays.
        (response.ContentLength, response.ContentType) = (null, null);
        response.Headers.Remove(HeaderNames.ContentDisposition);
        await Problems.WriteAsync(httpContext, response.StatusCode, string.Create(CultureInfo.InvariantCulture, $"the file has {length} bytes, and the range lies beyond them; ask for bytes of 0 to {length - 1}"));
    }
}
