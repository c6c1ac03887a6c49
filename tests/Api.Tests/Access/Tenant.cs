using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Domain.Access;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Access;

/// <summary>A customer with a ledger, and those who may see it. Ids and names are by the names of the contract's parameters.</summary>
internal sealed class Tenant
{
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    public required Testing.Api Adviser { get; init; }

    public required Testing.Api Customer { get; init; }

    /// <summary>A program of the customer, with all scopes.</summary>
    public required Testing.Api Program { get; init; }

    public string this[string name] => values[name];

    /// <summary>Texts that are in nobody else's data.</summary>
    public IEnumerable<string> Secrets => values.Values;

    public bool Has(string name) => values.ContainsKey(name);

    public static async Task<Tenant> In(TestApp app, string stock, string ticker)
    {
        var (name, email, externalId) = (Unique.Name("Person"), Unique.Email(), Unique.Name("key"));
        var customer = (await app.Api.Post("customers", new { name, email })).Is(201).Text("id")!;
        var tenant = new Tenant
        {
            Adviser = await app.As(Role.Adviser, customer),
            Customer = await app.As(Role.Customer, customer),
            Program = await app.AsKey(Role.Customer, customer),
        };
        var (values, api) = (tenant.values, tenant.Customer);
        (values["customerId"], values["customerName"], values["email"], values["externalId"]) = (customer, name, email, externalId);
        values["portfolioId"] = await app.Portfolio(customer: customer);
        await app.Portfolio(customer: customer);
        var ledger = $"portfolios/{tenant["portfolioId"]}";
        for (var day = 3; day < 5; day++)
        {
            var entry = new
            {
                kind = "buy",
                date = $"2025-03-0{day}",
                stockId = stock,
                quantity = "7",
                unitPrice = "10",
                note = $"{externalId} note",
                externalId = day == 3 ? externalId : null,
            };
            values["transactionId"] = (await api.Post($"{ledger}/transactions", entry)).Is(201).Text("id")!;
        }
        for (var file = 0; file < 2; file++)
        {
            var rows = new[]
            {
                new
                {
                    date = "2025-03-06",
                    kind = "buy",
                    ticker,
                    quantity = "3",
                    unitPrice = "10",
                    note = $"{externalId} {file}",
                },
            };
            var query = Uri.EscapeDataString($"{externalId} file {file}");
            values["importId"] = (await api.Post($"{ledger}/imports?source={query}", rows)).Is(201).Text("importId")!;
        }
        values["accountId"] = (await tenant.Adviser.Get("me")).Is(200).Text("accountId")!;
        values["keyId"] = await NewKey(api);
        await NewKey(api);
        return tenant;
    }

    /// <summary>Id of a new key of whoever calls.</summary>
    public static async Task<string> NewKey(Testing.Api api) =>
        (await api.Post("api-keys", new { name = Unique.Name("key"), scopes = new[] { Scopes.ReadMarket } })).Is(201).Text("id")!;
}
