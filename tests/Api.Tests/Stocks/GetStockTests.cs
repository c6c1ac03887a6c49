using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Stocks;

[Collection(LedgerApp.Name)]
public sealed class GetStockTests(TestApp app)
{
    [Fact]
    public async Task A_stock_is_found_by_id()
    {
        var stock = await app.Stock();

        var answer = (await app.Api.Get($"stocks/{stock.Id}")).Is(200);

        answer.Text("ticker").Should().Be(stock.Ticker);
        answer.Text("currency").Should().Be("USD");
        answer.At("active").GetBoolean().Should().BeTrue();
    }

    [Fact]
    public async Task An_unknown_one_is_not_found_and_a_ticker_is_no_id()
    {
        (await app.Api.Get($"stocks/{Guid.NewGuid()}")).IsProblem(404, "stock.notFound");
        (await app.Api.Get("stocks/AAPL")).IsInvalid("stockId");
    }
}
