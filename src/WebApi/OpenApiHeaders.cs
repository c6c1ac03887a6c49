using CleanPortfolio.Application.Ports;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;
using NJsonSchema;
using NSwag;
using NSwag.Generation.AspNetCore;
using NSwag.Generation.Processors;
using NSwag.Generation.Processors.Contexts;

namespace CleanPortfolio.WebApi;

/// <summary>Headers in the contract: keys of requests that have an effect, and versions, by what the routes say of themselves.</summary>
internal sealed class OpenApiHeaders : IOperationProcessor
{
    // In the signatures of generated clients.
    private const int AfterAllOthers = 100;

    public bool Process(OperationProcessorContext context)
    {
        var api = ((AspNetCoreOperationProcessorContext)context).ApiDescription;
        var metadata = api.ActionDescriptor.EndpointMetadata;
        var operation = context.OperationDescription.Operation;
        if (Versions.IsDemanded(api.HttpMethod!))
            Ask(
                operation,
                HeaderNames.IfMatch,
                "The version that is changed, by its ETag, or * to change whatever is there.",
                required: true
            );
        if (metadata.OfType<IdempotentAttribute>().Any())
        {
            Ask(
                operation,
                Idempotency.Header,
                "A key of the caller's own, 1 to 255 visible ASCII characters: sent again with it within 24 hours, the same request has one effect "
                    + "and gets the first answer.",
                maxLength: 255
            );
            if (Versions.MayBeNamed(api.RelativePath!))
                Ask(operation, HeaderNames.IfMatch, "The version of the portfolio that it is meant for, by its ETag; any if absent.");
            Tell(operation, Idempotency.Replayed, "true when this is the answer of an earlier request with the same key.");
        }
        if (metadata.OfType<ComputedAttribute>().Any())
        {
            Ask(operation, HeaderNames.IfNoneMatch, "ETags of figures that the caller holds: 304 if they still hold.");
            operation.Responses["304"] = new OpenApiResponse();
            Tell(operation, HeaderNames.ETag, "Of these figures, for If-None-Match.");
        }
        else if (IsVersioned(metadata))
            Tell(operation, HeaderNames.ETag, "Version of what is answered, for If-Match.");
        return true;
    }

    private static bool IsVersioned(IEnumerable<object> metadata) =>
        metadata
            .OfType<IProducesResponseTypeMetadata>()
            .Any(answer => answer.StatusCode is >= 200 and < 300 && answer.Type?.IsAssignableTo(typeof(IVersioned)) == true);

    private static void Ask(OpenApiOperation operation, string header, string words, bool required = false, int? maxLength = null) =>
        operation.Parameters.Add(
            new OpenApiParameter
            {
                Name = header,
                Kind = OpenApiParameterKind.Header,
                Description = words,
                IsRequired = required,
                Position = AfterAllOthers,
                Schema = new JsonSchema
                {
                    Type = JsonObjectType.String,
                    MinLength = maxLength is null ? null : 1,
                    MaxLength = maxLength,
                },
            }
        );

    private static void Tell(OpenApiOperation operation, string header, string words)
    {
        foreach (var (_, response) in operation.Responses.Where(answer => answer.Key[0] is '2' || answer.Key is "304"))
            response.Headers[header] = new OpenApiHeader
            {
                Description = words,
                Schema = new JsonSchema { Type = JsonObjectType.String },
            };
    }
}
