using CleanPortfolio.Testing;

namespace CleanPortfolio.Api.Tests.Making;

/// <summary>Ledgers whose figures are worked out by hand in the tests that use them; all until 31 March 2026.</summary>
internal static class Books
{
    /// <summary>
    /// Securities only: 10 bought at 100.00 (1.00 fee, 0.50 tax), 2 for 1 on 2 February, 5 sold at 60.00 (1.00 fee), a dividend of 7.50
    /// (1.125 tax), a fee of 2.00 for the whole portfolio.
    /// </summary>
    public static async Task<(string Portfolio, TestStock Stock)> External(TestApp app, string? customer = null)
    {
        var portfolio = await app.Portfolio(customer: customer);
        var stock = await TestStock.In(
            app,
            [("2026-01-05", 100m), ("2026-01-30", 110.50m), ("2026-02-02", 56m), ("2026-02-27", 60.00m), ("2026-03-31", 66.10m)],
            splits: [("2026-02-02", 1, 2)]
        );
        await app.Record(
            portfolio,
            new
            {
                kind = "buy",
                date = "2026-01-05",
                stockId = stock.Id,
                quantity = "10",
                unitPrice = "100.00",
                fee = "1.00",
                tax = "0.50",
            }
        );
        await app.Sell(portfolio, stock, "2026-02-27", "5", "60.00", fee: "1.00");
        await app.Record(portfolio, Story.Money("dividend", "2026-03-10", "7.50", stock, tax: "1.125"));
        await app.Record(portfolio, Story.Money("fee", "2026-03-15", "2.00"));
        return (portfolio, stock);
    }

    /// <summary>
    /// With its cash: 2000 paid in, 10 bought at 100 (1 fee), a dividend of 8 (1.20 tax), 4 sold at 120.25 (1 fee), 100 paid out, a fee of 3,
    /// interest of 1.23, a tax of 0.40; 3 shares came in on a Sunday at a price of 121, bought in 2020 for 90; 2 went out at a price of 125.
    /// </summary>
    public static async Task<(string Portfolio, TestStock Stock)> Tracked(TestApp app, string? customer = null)
    {
        var portfolio = await app.Portfolio(cash: "tracked", customer: customer);
        var stock = await TestStock.In(
            app,
            [("2026-01-05", 100m), ("2026-02-10", 120.25m), ("2026-02-13", 121m), ("2026-03-02", 125m), ("2026-03-31", 130m)]
        );
        await app.Record(portfolio, Story.Money("deposit", "2026-01-05", "2000.00"));
        await app.Buy(portfolio, stock, "2026-01-05", "10", "100", fee: "1");
        await app.Record(portfolio, Story.Money("dividend", "2026-01-30", "8.00", stock, tax: "1.20"));
        await app.Sell(portfolio, stock, "2026-02-10", "4", "120.25", fee: "1");
        await app.Record(portfolio, Story.Money("withdrawal", "2026-02-11", "100"));
        await app.Record(portfolio, Story.Money("fee", "2026-02-12", "3"));
        await app.Record(portfolio, Story.Money("interest", "2026-02-12", "1.23"));
        await app.Record(portfolio, Story.Money("tax", "2026-02-12", "0.40"));
        await app.Record(
            portfolio,
            new
            {
                kind = "transferIn",
                date = "2026-02-15",
                stockId = stock.Id,
                quantity = "3",
                unitPrice = "90",
                acquiredOn = "2020-01-02",
            }
        );
        await app.Record(
            portfolio,
            new
            {
                kind = "transferOut",
                date = "2026-03-02",
                stockId = stock.Id,
                quantity = "2",
            }
        );
        return (portfolio, stock);
    }

    /// <summary>Asserts figures: opening, closing, in, out, gain.</summary>
    public static void Figures(
        this Answer answer,
        string path,
        decimal opening,
        decimal closing,
        decimal inflows,
        decimal outflows,
        decimal gain
    )
    {
        new[]
        {
            answer.Exact($"{path}.openingValue"),
            answer.Exact($"{path}.closingValue"),
            answer.Exact($"{path}.inflows"),
            answer.Exact($"{path}.outflows"),
            answer.Exact($"{path}.netInflow"),
            answer.Exact($"{path}.gain"),
        }
            .Should()
            .Equal([opening, closing, inflows, outflows, inflows - outflows, gain], "the answer is {0}", answer.Body);
    }

    /// <summary>Asserts parts: realised, unrealised, dividends, interest, fees, taxes, fx; they add up to the gain.</summary>
    public static void Parts(this Answer answer, string path, params decimal?[] parts)
    {
        var told = new[] { "realisedPrice", "unrealisedPrice", "dividends", "interest", "fees", "taxes", "fx" }
            .Select(part => answer.Exact($"{path}.parts.{part}"))
            .ToArray();
        told.Should().Equal(parts, "the answer is {0}", answer.Body);
        told.Sum().Should().Be(answer.Exact($"{path}.gain"));
    }
}
