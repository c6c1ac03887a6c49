using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Application.Ports;
using CleanPortfolio.Domain;
using CleanPortfolio.Domain.Stocks;
using CleanPortfolio.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

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
    public async Task Its_tickers_are_told_oldest_first_with_their_days()
    {
        var stock = await app.Stock();
        await using (var scope = app.Services.CreateAsyncScope())
        {
            var database = scope.ServiceProvider.GetRequiredService<IDatabase>();
            var id = new Id<Stock>(Guid.Parse(stock.Id));
            var entity = await database.Stocks.Include(s => s.Symbols).SingleAsync(s => s.Id == id);
            entity.Rename($"{stock.Ticker}N", new DateOnly(2026, 3, 2), app.Clock.GetUtcNow());
            await database.SaveChanges(CancellationToken.None);
        }

        var answer = (await app.Api.Get($"stocks/{stock.Id}")).Is(200);

        answer.Text("ticker").Should().Be($"{stock.Ticker}N");
        answer
            .At("symbols")
            .GetRawText()
            .Should()
            .Be(
                $$"""[{"ticker":"{{stock.Ticker}}","from":null,"to":"2026-03-01"},{"ticker":"{{stock.Ticker}}N","from":"2026-03-02","to":null}]"""
            );
    }

    [Fact]
    public async Task An_unknown_one_is_not_found_and_a_ticker_is_no_id()
    {
        (await app.Api.Get($"stocks/{Guid.NewGuid()}")).IsProblem(404, "stock.notFound");
        (await app.Api.Get("stocks/AAPL")).IsInvalid("stockId");
    }
}
