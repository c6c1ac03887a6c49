using CleanPortfolio.Api.Tests.Making;
using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Dividends;

/// <summary>Dividends of the market data in other currencies than the portfolio's.</summary>
[Collection(LedgerApp.Name)]
public sealed class DividendCurrenciesTests(TestApp app)
{
    [Fact]
    public async Task A_dividend_is_suggested_and_booked_in_its_own_currency_and_counts_at_the_rate_of_its_day()
    {
        var portfolio = await app.Portfolio(currency: "ILS");
        var stock = await TestStock.In(app, [("2026-01-05", 100m), ("2026-02-10", 100m), ("2026-03-31", 100m)]);
        await stock.Dividend(app, "2026-02-10", 0.25m, providerId: $"{stock.Id}-1");
        await stock.Dividend(app, "2026-02-17", 0.50m, providerId: $"{stock.Id}-2", currency: "SGD");
        await app.Record(
            portfolio,
            new
            {
                kind = "buy",
                date = "2026-01-05",
                stockId = stock.Id,
                quantity = "10",
                unitPrice = "100",
                currency = "USD",
            }
        );
        foreach (var day in new[] { "2026-01-05", "2026-02-17", "2026-03-31" })
            await app.Store(("USD", "ILS", day, "3.5"), ("SGD", "ILS", day, "2.75"));
        await app.Store(("USD", "ILS", "2026-02-10", "3.6"));

        var suggested = (await app.Api.Get($"portfolios/{portfolio}/suggested-dividends")).Is(200).At("dividends").EnumerateArray();
        suggested.Select(one => (one.Text("currency"), one.Exact("gross"))).Should().Equal(("USD", 2.5m), ("SGD", 5m));
        var taxed = suggested.First().Text("dividendId");
        var accepted = await app.Api.Post(
            $"portfolios/{portfolio}/suggested-dividends/accept",
            new { all = true, taxes = new[] { new { dividendId = taxed, tax = "0.5" } } }
        );

        var booked = accepted.Is(200).At("booked").EnumerateArray();
        booked
            .Select(one => (one.Text("currency"), one.Exact("amount"), one.Exact("tax"), one.Text("fxRate")))
            .Should()
            .Equal(("USD", 2.5m, 0.5m, null), ("SGD", 5m, 0m, null));
        var returns = (await app.Api.Get($"portfolios/{portfolio}/returns?from=2026-01-01&to=2026-03-31")).Is(200);
        // 2.50 at 3.6 and 5 at 2.75; 0.50 of tax at 3.6
        returns.Exact("total.parts.dividends").Should().Be(22.75m);
        returns.Exact("total.parts.taxes").Should().Be(-1.8m);
        returns.Text("currency").Should().Be("ILS");
        var again = (await app.Api.Get($"portfolios/{portfolio}/suggested-dividends")).Is(200).At("dividends").EnumerateArray();
        again.Texts("status").Should().AllBe("recorded");
        again.Texts("recordedCurrency").Should().Equal("USD", "SGD");
    }
}
