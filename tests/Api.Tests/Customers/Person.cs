using CleanPortfolio.Api.Tests.Imports;
using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Access;
using CleanPortfolio.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CleanPortfolio.Api.Tests.Customers;

/// <summary>Somebody who left a name, addresses, notes and a file.</summary>
internal sealed record Person(
    string Customer,
    string Name,
    string Email,
    string AccountEmail,
    string Portfolio,
    string PortfolioName,
    string Source
)
{
    public static async Task<Person> In(TestApp app)
    {
        var (name, email, account, portfolioName) = (Unique.Name("Ada"), Unique.Email(), Unique.Email(), Unique.Name("Nest egg"));
        var source = Unique.Name("depot of Ada.csv");
        var customer = (await app.Api.Post("customers", new { name, email })).Is(201).Text("id")!;
        await using (var scope = app.Services.CreateAsyncScope())
        {
            var database = scope.ServiceProvider.GetRequiredService<IDatabase>();
            database.Accounts.Add(
                new Account(account, Role.Customer, Id<Domain.Customers.Customer>.Parse(customer, null), app.Clock.GetUtcNow())
            );
            await database.SaveChanges(CancellationToken.None);
        }
        var draft = new { name = portfolioName, currency = "USD" };
        var portfolio = (await app.Api.Post($"customers/{customer}/portfolios", draft)).Is(201).Text("id")!;
        var stock = await TestStock.In(app, [("2026-01-05", 100m), ("2026-03-31", 110m)]);
        await app.Record(
            portfolio,
            new
            {
                kind = "buy",
                date = "2026-01-05",
                stockId = stock.Id,
                quantity = "10",
                unitPrice = "100.00",
                note = "for Grandma",
                externalId = "account 4711 / 1",
            }
        );
        (
            await app.Import(
                portfolio,
                $"onError=skip&source={Uri.EscapeDataString(source)}",
                Files.Header,
                Files.Buy(stock, "2026-01-06", "2", "101", note: "from Uncle", key: "account 4711 / 2"),
                Files.Buy(stock, "2026-01-06", "3", "102", note: "from Aunt"),
                Files.Buy(stock, "the day of Ada", "4", "103")
            )
        ).Is(201);
        return new Person(customer, name, email, account, portfolio, portfolioName, source);
    }
}
