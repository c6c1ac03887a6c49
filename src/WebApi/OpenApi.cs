using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using System.Text.Json;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Customers;
using CleanPortfolio.Domain.Jobs;
using CleanPortfolio.Domain.Portfolios;
using CleanPortfolio.Domain.Stocks;
using NJsonSchema;
using NJsonSchema.Generation;
using NJsonSchema.Generation.TypeMappers;
using NSwag;
using NSwag.Generation.AspNetCore;

namespace CleanPortfolio.WebApi;

/// <summary>The contract as a document: what <c>openapi.json</c> in the repository must equal.</summary>
internal static class OpenApi
{
    public static void Configure(AspNetCoreOpenApiDocumentGeneratorSettings document)
    {
        document.DocumentName = "v1";
        document.Title = "CleanPortfolio";
        document.Version = "v1";
        document.Description =
            "Portfolios as exact ledgers, market data in background jobs, returns that can be checked. "
            + "Money, prices, quantities and rates are decimal strings; ratios are numbers.";
        var schema = (SystemTextJsonSchemaGeneratorSettings)document.SchemaSettings;
        schema.SerializerOptions = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Json.JsonConventions.Apply(schema.SerializerOptions);
        schema.SchemaNameGenerator = new Names();
        schema.DefaultReferenceTypeNullHandling = ReferenceTypeNullHandling.NotNull;
        foreach (
            var id in new[] { typeof(Id<Customer>), typeof(Id<Portfolio>), typeof(Id<Transaction>), typeof(Id<Stock>), typeof(Id<Job>) }
        )
            schema.TypeMappers.Add(Text(id, JsonFormatStrings.Guid));
        schema.TypeMappers.Add(Text(typeof(decimal), "decimal"));
        schema.TypeMappers.Add(Text(typeof(Currency), "iso4217"));
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
        foreach (var operation in document.Operations.Select(description => description.Operation))
        {
            foreach (var parameter in operation.Parameters.Where(parameter => parameter.Kind is OpenApiParameterKind.Query))
                parameter.Name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name);
            foreach (var (_, response) in operation.Responses.Where(response => response.Key.StartsWith('4')))
                if (response.Content.Remove("application/json", out var content))
                    response.Content["application/problem+json"] = content;
        }
    }

    // PageOfCustomerDetails would be NSwag's name too, but PageOf is what people search for: keep the item's name first.
    private sealed class Names : DefaultSchemaNameGenerator
    {
        public override string Generate(Type type) =>
            type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Application.Page<>)
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
