using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using System.Text.Json;
using CleanPortfolio.Application;
using CleanPortfolio.Domain;
using CleanPortfolio.WebApi.Access;
using MediatR;
using Namotion.Reflection;
using NJsonSchema;
using NJsonSchema.Generation;
using NJsonSchema.Generation.TypeMappers;
using NSwag;
using NSwag.Generation.AspNetCore;

namespace CleanPortfolio.WebApi;

/// <summary>The contract as a document: what <c>openapi.json</c> in the repository must equal.</summary>
internal static class OpenApi
{
    private static readonly Dictionary<string, Type> Requests = typeof(Page<>)
        .Assembly.GetTypes()
        .Where(type => type.IsAssignableTo(typeof(IBaseRequest)))
        .ToDictionary(type => type.Name, StringComparer.Ordinal);

    public static void Configure(AspNetCoreOpenApiDocumentGeneratorSettings document)
    {
        document.DocumentName = "v1";
        document.Title = "CleanPortfolio";
        document.Version = "v1";
        document.Description = OpenApiWords.Introduction;
        var schema = (SystemTextJsonSchemaGeneratorSettings)document.SchemaSettings;
        schema.SerializerOptions = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Json.JsonConventions.Apply(schema.SerializerOptions);
        schema.SchemaNameGenerator = new Names();
        schema.DefaultReferenceTypeNullHandling = ReferenceTypeNullHandling.NotNull;
        schema.XmlDocumentationFormatting = XmlDocsFormattingMode.Markdown;
        schema.TypeMappers.Add(Text(typeof(Id<>), "uuid"));
        schema.TypeMappers.Add(Text(typeof(decimal), "decimal"));
        schema.TypeMappers.Add(Text(typeof(Currency), "iso4217"));
        schema.SchemaProcessors.Add(new RequiredUnlessDefaulted(schema.SerializerOptions));
        document.OperationProcessors.Add(new OpenApiHeaders());
        document.OperationProcessors.Add(new OpenApiSecurity());
        document.PostProcess = Polish;
    }

    /// <summary>The document is the same wherever it is served; clients know where they got it.</summary>
    public static void WithoutServers(OpenApiDocument document, HttpRequest request) => document.Servers.Clear();

    private static PrimitiveTypeMapper Text(Type type, string format) =>
        new(
            type,
            schema =>
            {
                schema.Type = JsonObjectType.String;
                schema.Format = format;
            }
        );

    private static void Polish(OpenApiDocument document)
    {
        // Another version of the generator is no other contract.
        document.Generator = null;
        OpenApiSecurity.Define(document);
        foreach (var operation in document.Operations.Select(description => description.Operation))
        {
            operation.Summary = OneLine(Requests[operation.OperationId].GetXmlDocsSummary(Markdown));
            Narrow(operation);
            foreach (var parameter in operation.Parameters.Where(parameter => parameter.Kind is not OpenApiParameterKind.Body))
                Polish(operation.OperationId, parameter);
            foreach (var (status, response) in operation.Responses)
                Polish(status, response);
            foreach (var content in operation.Responses.Values.Select(response => response.Content).Append(operation.RequestBody?.Content))
                NameFileTypes(content);
        }
        foreach (var schema in document.Definitions.Values)
        {
            schema.Description = OneLine(schema.Description);
            foreach (var property in schema.Properties.Values)
                property.Description = OneLine(property.Description);
        }
    }

    // A plan instead of a job is for people who try: to a program it would be an answer of another type than it expects. It has a route of its own.
    private static void Narrow(OpenApiOperation operation)
    {
        if (!operation.Responses.ContainsKey("200") && operation.Parameters.FirstOrDefault(one => one.Name == "dryRun") is { } trial)
            operation.Parameters.Remove(trial);
    }

    private static void Polish(string operation, OpenApiParameter parameter)
    {
        if (parameter.Kind is OpenApiParameterKind.Query)
        {
            parameter.Name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name);
            // An absent one is absent: there is no null in a query string.
            parameter.Schema.IsNullableRaw = null;
        }
        if (parameter.Kind is not OpenApiParameterKind.Header)
            parameter.Description = OpenApiWords.OfParameter(operation, parameter.Name);
    }

    private static void Polish(string status, OpenApiResponse response)
    {
        response.Description = OpenApiWords.OfStatus(status);
        if (status is "201" or "202")
            response.Headers["Location"] = new OpenApiHeader
            {
                Description = "Path of what was made or started.",
                IsRequired = true,
                Schema = new JsonSchema { Type = JsonObjectType.String, Format = "uri-reference" },
            };
        if (status is "429" or "503")
            response.Headers["Retry-After"] = new OpenApiHeader
            {
                Description = "Seconds after which to try again.",
                IsRequired = true,
                Schema = new JsonSchema { Type = JsonObjectType.Integer },
            };
        if (status[0] is '4' or '5' && response.Content.Remove("application/json", out var content))
            response.Content["application/problem+json"] = content;
    }

    // The generator takes every stream for bytes of any kind; ours are files of transactions.
    private static void NameFileTypes(IDictionary<string, OpenApiMediaType>? content)
    {
        if (content?.Remove("application/octet-stream", out var file) == true)
            (content["text/csv"], content["application/json"]) = (file, file);
    }

    private static readonly XmlDocsOptions Markdown = new() { FormattingMode = XmlDocsFormattingMode.Markdown };

    private static string? OneLine(string? text) => text?.ReplaceLineEndings(" ");

    /// <summary>Every constructor parameter must be sent, or is always answered, unless it has a default.</summary>
    private sealed class RequiredUnlessDefaulted(JsonSerializerOptions json) : ISchemaProcessor
    {
        public void Process(SchemaProcessorContext context)
        {
            var parameters = context.ContextualType.OriginalType.GetConstructors().SelectMany(constructor => constructor.GetParameters());
            foreach (var parameter in parameters)
            {
                var name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);
                if (!context.Schema.Properties.TryGetValue(name, out var property))
                    continue;
                property.IsRequired = !parameter.HasDefaultValue;
                if (parameter.DefaultValue is { } value and not DBNull)
                    property.Default = JsonSerializer.Serialize(value, parameter.ParameterType, json).Trim('"');
            }
        }
    }

    // PageOfCustomerDetails would be NSwag's name: keep the item's name first, it is what people search for.
    private sealed class Names : DefaultSchemaNameGenerator
    {
        public override string Generate(Type type) =>
            type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Page<>)
                ? $"{base.Generate(type.GetGenericArguments()[0])}Page"
                : base.Generate(type);
    }
}

/// <summary>
/// NSwag asks for NJsonSchema.NewtonsoftJson 11.6.2 or later, which package feeds may lack; 11.6.1 has the same members. The runtime
/// refuses a lower version by itself, so this one name is answered here. To be deleted together with the pin when 11.6.2 can be had.
/// </summary>
internal static class LowerNewtonsoftSchema
{
    private const string Name = "NJsonSchema.NewtonsoftJson";

    [ModuleInitializer]
    internal static void Answer() =>
        AssemblyLoadContext.Default.Resolving += (context, asked) =>
            asked.Name == Name ? context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, $"{Name}.dll")) : null;
}
