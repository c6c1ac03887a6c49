using CleanPortfolio.Application.Customers;
using MediatR;

namespace CleanPortfolio.WebApi.Development;

/// <summary>Prints the few links that a newcomer needs.</summary>
internal static class Banner
{
    public static void PrintWhenStarted(WebApplication app, Embedded embedded) =>
        app.Lifetime.ApplicationStarted.Register(() => _ = Print(app, embedded));

    private static async Task Print(WebApplication app, Embedded embedded)
    {
        var root = app
            .Urls.First()
            .Replace("0.0.0.0", "localhost", StringComparison.Ordinal)
            .Replace("[::]", "localhost", StringComparison.Ordinal);
        var access = app.Services.GetRequiredService<SeedAccess>();
        await using var scope = app.Services.CreateAsyncScope();
        var customers = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new ListCustomers(SeedStory.AdaEmail, null, 1));
        var returns = customers.Items is [var ada] ? $"{root}/api/v1/customers/{ada.Id}/returns" : $"{root}/api/v1/customers";
        Console.WriteLine(
            $"""

              CleanPortfolio is running{(embedded.SimulatesMarket ? " on SIMULATED market data (set Polygon:ApiKey for real ones)" : "")}

                Swagger UI          {root}/swagger
                Jobs dashboard      {root}/hangfire

                Sign in as          {SeedAccess.Admin}, {SeedAccess.Adviser}, {SeedAccess.Operator} or {SeedStory.AdaEmail}
                with the password   {access.Password}
                or call with a key  {access.Key}

                A customer's returns:
                curl -H 'X-Api-Key: {access.Key}' {returns}

            """
        );
    }
}
