using NSwag;
using NSwag.Generation.AspNetCore;
using NSwag.Generation.Processors;
using NSwag.Generation.Processors.Contexts;

namespace CleanPortfolio.WebApi.Access;

/// <summary>Says in the contract what each operation wants to be shown.</summary>
internal sealed class OpenApiSecurity : IOperationProcessor
{
    private const string Bearer = "bearer";
    private const string ApiKey = "apiKey";

    public static void Define(OpenApiDocument document)
    {
        document.SecurityDefinitions[Bearer] = new OpenApiSecurityScheme
        {
            Type = OpenApiSecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "JWT",
            Description = "Access token of POST /api/v1/auth/token, or of the configured issuer.",
        };
        document.SecurityDefinitions[ApiKey] = new OpenApiSecurityScheme
        {
            Type = OpenApiSecuritySchemeType.ApiKey,
            In = OpenApiSecurityApiKeyLocation.Header,
            Name = Gatekeeper.KeyHeader,
            Description = "Key of a program, by POST /api/v1/api-keys. It is taken as bearer token too.",
        };
    }

    public bool Process(OperationProcessorContext context)
    {
        var metadata = ((AspNetCoreOperationProcessorContext)context).ApiDescription.ActionDescriptor.EndpointMetadata;
        var allow = metadata.OfType<Allow>().Single();
        var schemes = allow == Allow.Anybody ? [] : new[] { Bearer }.Concat(allow.Scope is null ? [] : [ApiKey]);
        context.OperationDescription.Operation.Security = [.. schemes.Select(scheme => new OpenApiSecurityRequirement { [scheme] = [] })];
        return true;
    }
}
