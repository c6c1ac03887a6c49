using System.Text;
using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Complaints;

/// <summary>Users of other portfolio programs complain: a file that is imported again is there twice. Each test bears the name of the complaint that must not be true here.</summary>
[Collection(LedgerApp.Name)]
public sealed class Duplicates(TestApp app)
{
    // Two equal purchases of one day are two; the longer file of next month brings its new row only.
    [Fact]
    public async Task Imports_that_duplicate()
    {
        var (id, stock) = (await app.Portfolio(), await app.Stock());
        var file = $"date,kind,stockId,quantity,unitPrice\n2026-01-05,buy,{stock.Id},1,50\n2026-01-05,buy,{stock.Id},1,50\n";

        await Import(file);
        await Import(file);
        await Import(file + $"2026-02-02,buy,{stock.Id},3,50\n");

        (await app.Api.Get($"portfolios/{id}/transactions")).At("items").GetArrayLength().Should().Be(3);
        (await app.Api.Get($"portfolios/{id}/holdings?asOf=2026-02-02")).Exact("holdings.0.quantity").Should().Be(5m);

        async Task Import(string content) =>
            (await app.Api.Send(HttpMethod.Post, $"portfolios/{id}/imports", new StringContent(content, Encoding.UTF8, "text/csv"))).Is(
                201
            );
    }
}
