using DistributedMatting.Web.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace DistributedMatting.Web.Requests;

/// <summary>The OpenAPI document: what each address answers, and how it refuses.</summary>
internal static class ApiDescription
{
    private const string Schema = "ProblemDetails";

    public static void AddTo(IServiceCollection services) => services.AddOpenApi(document =>
    {
        document.AddOperationTransformer(AddRefusalsAsync);
    });

    // At its own address alone: for other names the framework has a refusal of another form.
    public static void Map(IEndpointRouteBuilder app) => app.MapOpenApi("/openapi/v1.json");

    // What is refused before or beside an address's own code is the same for all of a kind.
    private static async Task AddRefusalsAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var api = context.Description;
        operation.Responses ??= [];
        var problem = await context.GetOrCreateSchemaAsync(typeof(Microsoft.AspNetCore.Mvc.ProblemDetails), null, cancellation);
        context.Document?.AddComponent(Schema, problem);
        var isJob = api.ParameterDescriptions.Any(parameter => parameter.Source.Id == "Path");
        Add(StatusCodes.Status400BadRequest, "What was sent will not do; the sentence names the field.");
        if (api.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true)
        {
            Add(StatusCodes.Status401Unauthorized, "It is not known who asks.");
            Add(StatusCodes.Status403Forbidden, "The caller may not do this, or comes from another site.");
            Add(StatusCodes.Status429TooManyRequests, "The caller asks too much; Retry-After says how many seconds to wait.");
            Add(StatusCodes.Status503ServiceUnavailable, "The farm behind the service does not answer now; Retry-After says how many seconds to wait.");
        }

        if (isJob) Add(StatusCodes.Status404NotFound, "It is not there, or not yet, or the caller may not see it.");
        if (isJob && api.HttpMethod is not "GET") Add(StatusCodes.Status409Conflict, "It does not go with how things stand.");
        if (api.HttpMethod is "POST" && !isJob) Add(StatusCodes.Status409Conflict, "The token is another's, a quota is reached, or the alpha is another job's.");
        if (operation.RequestBody is not null || api.HttpMethod is "PATCH")
        {
            Add(StatusCodes.Status413PayloadTooLarge, "The body is too long.");
            Add(StatusCodes.Status415UnsupportedMediaType, "The body is of another type.");
        }

        void Add(int status, string description) => operation.Responses.TryAdd(status.ToString(System.Globalization.CultureInfo.InvariantCulture), new OpenApiResponse
        {
            Description = description,
            Content = new Dictionary<string, OpenApiMediaType> { [Problems.ContentType] = new() { Schema = new OpenApiSchemaReference(Schema, context.Document) } },
        });
    }
}
