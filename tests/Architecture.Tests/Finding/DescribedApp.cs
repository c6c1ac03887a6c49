using CleanPortfolio.WebApi;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CleanPortfolio.Architecture.Tests.Finding;

/// <summary>The service as far as it can be described: routes and contract, no database, no market, no workers.</summary>
public sealed class DescribedApp : WebApplicationFactory<Program>
{
    /// <summary>Names of all operations.</summary>
    public IReadOnlyList<string> Operations =>
        [
            .. Services
                .GetRequiredService<EndpointDataSource>()
                .Endpoints.Select(endpoint => endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName)
                .OfType<string>(),
        ];

    /// <summary>The contract as it is served.</summary>
    public async Task<string> Contract()
    {
        using var client = CreateClient();
        return await client.GetStringAsync(new Uri("/openapi.json", UriKind.Relative));
    }

    /// <inheritdoc/>
    protected override void ConfigureWebHost(IWebHostBuilder builder) =>
        builder.UseEnvironment("Testing").UseSetting("DESCRIBE_ONLY", "true").UseSetting("Serilog:MinimumLevel:Default", "Warning");
}
